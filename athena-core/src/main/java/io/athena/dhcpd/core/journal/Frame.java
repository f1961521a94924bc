package io.athena.dhcpd.core.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one journal record: a header of 32 bytes with a checksum of its own, so that sequence and address
 * outlive a damaged body, then image and previous, then zeros up to a multiple of 8.
 *
 * <pre>
 *  0 checksum of bytes 4 to 31   4 checksum of the body   8 sequence (8 bytes)   16 term
 * 20 address   24 kind (1 byte), lag (3 bytes)   28 length of image (2 bytes), of previous (2 bytes)
 * </pre>
 *
 * The lag says how far the synced sequence was behind this one when it was written: all up to {@code sequence - lag} was
 * on stable storage. A frame of kind {@link #MARK} is no record; it says so for its own sequence and is overwritten by
 * the next batch. Checksums are CRC32C, changed by the generation of the segment.
 */
final class Frame {

    static final int HEADER = 32;
    static final int ALIGNMENT = 8;

    /** The kind of a frame that only tells the synced sequence. */
    static final int MARK = 0;

    static final int MAX_BODY_PART = 0xffff;
    static final int MAX_LAG = 0xffffff;

    private static final int BODY_CRC = 4;
    private static final int SEQUENCE = 8;
    private static final int TERM = 16;
    private static final int ADDRESS = 20;
    private static final int KIND_AND_LAG = 24;
    private static final int LENGTHS = 28;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final CRC32C crc = new CRC32C();

    /** How many bytes a record takes. */
    static int length(byte[] image, byte @Nullable [] previous) {
        return aligned(HEADER + image.length + (previous == null ? 0 : previous.length));
    }

    private static int aligned(int length) {
        return (length + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** The salt of a generation; different for any two within 2^32. */
    static int salt(long generation) {
        byte[] bytes = new byte[Long.BYTES];
        LONG.set(bytes, 0, generation);
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, bytes.length);
        return (int) sum.getValue();
    }

    /** Writes a record and returns where it ends. */
    int write(
            byte[] out,
            int at,
            int salt,
            long sequence,
            int lag,
            int term,
            int kind,
            int address,
            byte[] image,
            byte @Nullable [] previous) {
        int body = at + HEADER;
        int previousLength = previous == null ? 0 : previous.length;
        System.arraycopy(image, 0, out, body, image.length);
        if (previous != null) {
            System.arraycopy(previous, 0, out, body + image.length, previousLength);
        }
        int bodyEnd = body + image.length + previousLength;
        int end = aligned(bodyEnd);
        Arrays.fill(out, bodyEnd, end, (byte) 0);
        INT.set(out, at + BODY_CRC, checksum(out, body, bodyEnd, salt));
        LONG.set(out, at + SEQUENCE, sequence);
        INT.set(out, at + TERM, term);
        INT.set(out, at + ADDRESS, address);
        INT.set(out, at + KIND_AND_LAG, kind << 24 | lag);
        INT.set(out, at + LENGTHS, image.length << 16 | previousLength);
        INT.set(out, at, checksum(out, at + BODY_CRC, body, salt));
        return end;
    }

    /** Whether a sound header stands there; the body may be damaged or run past the end. */
    boolean headerIsSound(byte[] in, int at, int salt) {
        return at + HEADER <= in.length && (int) INT.get(in, at) == checksum(in, at + BODY_CRC, at + HEADER, salt);
    }

    boolean bodyIsSound(byte[] in, int at, int salt) {
        int end = at + HEADER + imageLength(in, at) + previousLength(in, at);
        return end <= in.length && (int) INT.get(in, at + BODY_CRC) == checksum(in, at + HEADER, end, salt);
    }

    private int checksum(byte[] bytes, int from, int to, int salt) {
        crc.reset();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue() ^ salt;
    }

    static boolean startsWithZeros(byte[] in, int at) {
        return at + Long.BYTES <= in.length && (long) LONG.get(in, at) == 0;
    }

    static int end(byte[] in, int at) {
        return at + aligned(HEADER + imageLength(in, at) + previousLength(in, at));
    }

    static long sequence(byte[] in, int at) {
        return (long) LONG.get(in, at + SEQUENCE);
    }

    /** The sequence up to which all was on stable storage when this frame was written. */
    static long synced(byte[] in, int at) {
        return sequence(in, at) - ((int) INT.get(in, at + KIND_AND_LAG) & MAX_LAG);
    }

    static int term(byte[] in, int at) {
        return (int) INT.get(in, at + TERM);
    }

    static int address(byte[] in, int at) {
        return (int) INT.get(in, at + ADDRESS);
    }

    static int kind(byte[] in, int at) {
        return (int) INT.get(in, at + KIND_AND_LAG) >>> 24;
    }

    static byte[] image(byte[] in, int at) {
        return Arrays.copyOfRange(in, at + HEADER, at + HEADER + imageLength(in, at));
    }

    static byte @Nullable [] previous(byte[] in, int at) {
        int from = at + HEADER + imageLength(in, at);
        int length = previousLength(in, at);
        return length == 0 ? null : Arrays.copyOfRange(in, from, from + length);
    }

    private static int imageLength(byte[] in, int at) {
        return (int) INT.get(in, at + LENGTHS) >>> 16;
    }

    private static int previousLength(byte[] in, int at) {
        return (int) INT.get(in, at + LENGTHS) & MAX_BODY_PART;
    }
}
