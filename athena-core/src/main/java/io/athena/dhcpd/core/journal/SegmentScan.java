package io.athena.dhcpd.core.journal;

import java.util.Arrays;

/**
 * Finds the frames of one segment, also those behind damage. A frame belongs to the segment when its checksum fits the
 * segment's generation and its sequence rises, so the remains of an earlier use of the file are never taken for records.
 */
final class SegmentScan {

    private final byte[] bytes;
    private final SegmentHeader header;
    private final int salt;
    private final Frame frame = new Frame();
    private int[] frames = new int[256];
    private int count;
    private long proven;
    private long highest;

    /** @param bytes the whole file; @param limit sequences beyond it are void: a later segment says so */
    SegmentScan(byte[] bytes, SegmentHeader header, long limit) {
        this.bytes = bytes;
        this.header = header;
        this.salt = Frame.salt(header.generation());
        this.proven = header.first() - 1;
        this.highest = header.first() - 1;
        find(limit);
    }

    private void find(long limit) {
        int at = SegmentHeader.BYTES;
        while (at + Frame.HEADER <= bytes.length) {
            if (!isFrame(at)) {
                at += Frame.ALIGNMENT;
                continue;
            }
            long sequence = Frame.sequence(bytes, at);
            proven = Math.max(proven, Frame.synced(bytes, at));
            if (Frame.kind(bytes, at) != Frame.MARK && sequence > highest && sequence <= limit) {
                highest = sequence;
                add(at);
            }
            at = Math.max(at + Frame.HEADER, Frame.end(bytes, at));
        }
    }

    private boolean isFrame(int at) {
        return !Frame.startsWithZeros(bytes, at)
                && Frame.sequence(bytes, at) >= header.first() - 1
                && frame.headerIsSound(bytes, at, salt);
    }

    private void add(int at) {
        if (count == frames.length) {
            frames = Arrays.copyOf(frames, 2 * count);
        }
        frames[count++] = at;
    }

    /** How many records have a sound header. */
    int count() {
        return count;
    }

    /** Where the record of an index of 0 to {@code count() - 1} stands in the file. */
    int position(int index) {
        return frames[index];
    }

    boolean bodyIsSound(int index) {
        return frame.bodyIsSound(bytes, frames[index], salt);
    }

    /** The highest sequence of which the segment itself proves that it was on stable storage. */
    long proven() {
        return proven;
    }
}
