package io.athena.dhcpd.core.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A value of the checkpoint: a checksum over address, sequence and image, since the checkpoint's own library does not
 * notice flipped bits; then the sequence and the image.
 *
 * @param sequence of the record that the image came with
 * @param image as it was journalled
 */
record StoredValue(long sequence, byte[] image) {

    private static final int HEADER = Integer.BYTES + Long.BYTES;

    /** The bytes to store under an address. */
    static byte[] encode(int address, long sequence, byte[] image) {
        byte[] bytes = new byte[HEADER + image.length];
        ByteBuffer out = ByteBuffer.wrap(bytes);
        out.putLong(Integer.BYTES, sequence);
        System.arraycopy(image, 0, bytes, HEADER, image.length);
        out.putInt(0, checksum(address, bytes, bytes.length));
        return bytes;
    }

    /** The value in the first {@code length} bytes; null when it is damaged or stood under another address. */
    static @Nullable StoredValue decode(int address, byte[] bytes, int length) {
        if (length < HEADER || ByteBuffer.wrap(bytes).getInt(0) != checksum(address, bytes, length)) {
            return null;
        }
        return new StoredValue(
                ByteBuffer.wrap(bytes).getLong(Integer.BYTES), Arrays.copyOfRange(bytes, HEADER, length));
    }

    /** The address that a sound value was stored under when one bit of its key was turned since; else {@code key}. */
    static int addressOf(int key, byte[] bytes, int length) {
        if (decode(key, bytes, length) == null) {
            for (int bit = 0; bit < Integer.SIZE; bit++) {
                if (decode(key ^ 1 << bit, bytes, length) != null) {
                    return key ^ 1 << bit;
                }
            }
        }
        return key;
    }

    private static int checksum(int address, byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, Integer.BYTES, length - Integer.BYTES);
        crc.update(address >>> 24);
        crc.update(address >>> 16);
        crc.update(address >>> 8);
        crc.update(address);
        return (int) crc.getValue();
    }
}
