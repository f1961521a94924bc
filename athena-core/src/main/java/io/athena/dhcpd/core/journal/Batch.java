package io.athena.dhcpd.core.journal;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The frames that go to disk with one write. Only the journal thread touches it. */
final class Batch {

    private static final int CAPACITY = 1 << 20;
    private static final byte[] EMPTY = {};

    private final JournalQueue queue;
    private final Frame frame = new Frame();
    private final byte[] buffer = new byte[CAPACITY];
    private final ByteBuffer direct = ByteBuffer.allocateDirect(CAPACITY);
    private int size;

    Batch(JournalQueue queue) {
        this.queue = queue;
    }

    /**
     * Gathers as many waiting appends as there are and as fit into the segment.
     *
     * @return the last sequence gathered, {@code from - 1} when not even the first fits
     */
    long fill(Segment segment, long from, long synced, int term) {
        int room = Math.min(CAPACITY, segment.remaining());
        long proven = Math.max(synced, segment.header().first() - 1);
        size = 0;
        long sequence = from;
        while (queue.has(sequence)) {
            byte[] image = queue.image(sequence);
            byte @Nullable [] previous = queue.previous(sequence);
            if (Frame.length(image, previous) > room - size) {
                break;
            }
            int lag = (int) Math.min(sequence - proven, Frame.MAX_LAG);
            int kind = queue.kind(sequence).code();
            size = frame.write(
                    buffer, size, segment.salt(), sequence, lag, term, kind, queue.address(sequence), image, previous);
            sequence++;
        }
        return sequence - 1;
    }

    /** The frame that tells the synced sequence. */
    ByteBuffer mark(Segment segment, long synced, int term) {
        long proven = Math.max(synced, segment.header().first() - 1);
        size = frame.write(buffer, 0, segment.salt(), proven, 0, term, Frame.MARK, 0, EMPTY, null);
        return bytes();
    }

    /** What was gathered, ready to be written. */
    ByteBuffer bytes() {
        return direct.clear().put(buffer, 0, size).flip();
    }
}
