package io.athena.dhcpd.core.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands at the start of a segment, twice, in two sectors, so that one damaged sector loses nothing.
 *
 * @param generation rises by at least one for each segment that is begun; salts the checksums of its frames
 * @param previous generation of the segment before, 0 for the first of a store
 * @param first the lowest sequence that can be in it
 * @param sealed the highest durable sequence of the segments before; what they hold beyond it is void
 * @param term the term when it was begun
 * @param size length of the file
 */
record SegmentHeader(long generation, long previous, long first, long sealed, int term, int size) {

    /** Where the first frame stands. */
    static final int BYTES = 1024;

    private static final int COPY_AT = 512;
    private static final int ENCODED = 52;
    private static final long MAGIC = 0x4154484a524e4c31L;

    /** Both copies, {@link #BYTES} long. */
    byte[] encode() {
        byte[] bytes = new byte[BYTES];
        encodeAt(bytes, 0);
        encodeAt(bytes, COPY_AT);
        return bytes;
    }

    private void encodeAt(byte[] bytes, int at) {
        ByteBuffer.wrap(bytes, at, ENCODED)
                .putLong(MAGIC)
                .putLong(generation)
                .putLong(previous)
                .putLong(first)
                .putLong(sealed)
                .putInt(term)
                .putInt(size)
                .putInt(checksum(bytes, at));
    }

    /** The header in the first bytes of a file, from whichever copy is sound; null when neither is. */
    static @Nullable SegmentHeader decode(byte[] bytes) {
        SegmentHeader header = decodeAt(bytes, 0);
        return header != null ? header : decodeAt(bytes, COPY_AT);
    }

    private static @Nullable SegmentHeader decodeAt(byte[] bytes, int at) {
        if (bytes.length < at + ENCODED) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, at, ENCODED);
        if (in.getLong() != MAGIC) {
            return null;
        }
        SegmentHeader header =
                new SegmentHeader(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getInt(), in.getInt());
        return in.getInt() == checksum(bytes, at) && header.size >= BYTES ? header : null;
    }

    private static int checksum(byte[] bytes, int at) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, ENCODED - Integer.BYTES);
        return (int) crc.getValue();
    }
}
