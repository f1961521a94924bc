package io.athena.dhcpd.core.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one segment one after the other, also while it is written, a piece of the file at a time. What is
 * no sound frame in the range that is known to be durable is damage, and the next sound one is looked for; a place that
 * holds no record yet is never passed. One thread uses it.
 */
final class SegmentReader implements Closeable {

    private static final int PAGE = 4096;
    private static final int LONGEST_READ = 1 << 16;
    private static final int USUAL_FRAME = 256;

    /** A place that cannot be read so many times in a row counts as damage. */
    private static final int ATTEMPTS = 3;

    private final JournalFiles files;
    private final SegmentTrail.Part part;
    private final int salt;
    private final Frame frame = new Frame();
    private JournalFiles.@Nullable SegmentBytes file;

    private byte[] window = new byte[LONGEST_READ];
    private int start;
    private int length;
    private long windowUpTo;
    private int piece = PAGE;
    private int failures;
    private int failedUpTo;

    /** Where the last record stood, or where the first may stand. */
    private int position = SegmentHeader.BYTES;

    SegmentReader(JournalFiles files, SegmentTrail.Part part) {
        this.files = files;
        this.part = part;
        this.salt = Frame.salt(part.header().generation());
    }

    /** Frees the file until the next {@link #next}. */
    @Override
    public void close() throws IOException {
        JournalFiles.SegmentBytes open = file;
        file = null;
        length = 0;
        if (open != null) {
            open.close();
        }
    }

    /**
     * Moves to the next record with a sound header.
     *
     * @param after sequences up to this one are passed over
     * @param upTo all up to this one is durable; nothing beyond it is looked at
     * @return false when the segment has none any more between the two
     * @throws IOException when the file does not give its bytes; the next call tries again
     */
    boolean next(long after, long upTo) throws IOException {
        if (upTo > windowUpTo) {
            length = 0;
            windowUpTo = upTo;
        }
        piece = (int) Math.max(PAGE, Math.min(LONGEST_READ, (upTo - after) * USUAL_FRAME));
        int at = position;
        while (holds(at, Frame.HEADER)) {
            if (!isRecord(at - start)) {
                at += Frame.ALIGNMENT;
                continue;
            }
            long sequence = Frame.sequence(window, at - start);
            if (sequence > upTo) {
                return false;
            }
            position = at;
            if (sequence > after) {
                return true;
            }
            at += Frame.end(window, at - start) - (at - start);
        }
        return false;
    }

    private boolean isRecord(int in) {
        return !Frame.startsWithZeros(window, in)
                && Frame.sequence(window, in) >= part.header().first()
                && frame.headerIsSound(window, in, salt)
                && Frame.kind(window, in) != Frame.MARK;
    }

    /** Whether the body of the record that {@link #next} moved to can be read. */
    boolean bodyIsSound() throws IOException {
        return holds(position, Frame.end(window, position - start) - (position - start))
                && frame.bodyIsSound(window, position - start, salt);
    }

    long sequence() {
        return Frame.sequence(window, position - start);
    }

    @Nullable
    RecordKind kind() {
        return RecordKind.ofCode(Frame.kind(window, position - start));
    }

    int address() {
        return Frame.address(window, position - start);
    }

    byte[] image() {
        return Frame.image(window, position - start);
    }

    byte @Nullable [] previous() {
        return Frame.previous(window, position - start);
    }

    /** Has so many bytes of the file in the window; false when it ends before. */
    private boolean holds(int at, int count) throws IOException {
        if (at >= start && at + count <= start + length) {
            return true;
        }
        if (at + count > part.header().size()) {
            return false;
        }
        load(at, count);
        return count <= length;
    }

    private void load(int at, int count) throws IOException {
        // After a failure page by page, so that one bad page does not take its neighbours with it.
        int wanted = failures > 0 ? PAGE - at % PAGE : piece;
        int size = Math.min(Math.max(wanted, count), part.header().size() - at);
        byte[] bytes = window.length < size ? new byte[size] : window;
        length = 0;
        try {
            length = read(ByteBuffer.wrap(bytes, 0, size), at);
            failures = at + length < failedUpTo ? failures : 0;
        } catch (IOException e) {
            close();
            failures++;
            failedUpTo = at + size;
            if (failures < ATTEMPTS) {
                throw e;
            }
            Arrays.fill(bytes, 0, size, (byte) 0);
            length = size;
            failures = 0;
        }
        window = bytes;
        start = at;
    }

    private int read(ByteBuffer into, int at) throws IOException {
        JournalFiles.SegmentBytes open = file;
        if (open == null) {
            open = files.openToRead(part.path());
            file = open;
        }
        int got = 0;
        while (into.hasRemaining() && got >= 0) {
            got = open.read(into, at + into.position());
        }
        return into.position();
    }
}
