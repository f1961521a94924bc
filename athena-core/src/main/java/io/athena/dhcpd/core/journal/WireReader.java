package io.athena.dhcpd.core.journal;

import io.athena.dhcpd.core.net.ClientKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks the fields of one encoded message; the only place that does bounds checks. Call {@link #next()}, look at
 * {@link #field()}, then read the value; a field that is not read is skipped by the next {@code next()}.
 */
final class WireReader {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    private final byte[] bytes;
    private int position;
    private int tag;
    private boolean unread;

    WireReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Moves to the next field; false at the end of the message. */
    boolean next() throws CorruptRecordException {
        if (unread) {
            skip();
        }
        if (position == bytes.length) {
            return false;
        }
        long read = varint();
        if (read <= 0 || read > 0xffffffffL || read >>> 3 == 0) {
            throw new CorruptRecordException("a field at byte " + position + " has no number");
        }
        tag = (int) read;
        unread = true;
        return true;
    }

    /** The number of the field that {@link #next()} moved to. */
    int field() {
        return tag >>> 3;
    }

    long number() throws CorruptRecordException {
        expect(VARINT);
        return varint();
    }

    /** A number of 0 to {@code max}. */
    int number(int max) throws CorruptRecordException {
        long value = number();
        if (value < 0 || value > max) {
            throw new CorruptRecordException("field " + field() + " holds " + value + ", more than " + max);
        }
        return (int) value;
    }

    int fixed32() throws CorruptRecordException {
        expect(FIXED32);
        require(4);
        int value = (bytes[position] & 0xff)
                | (bytes[position + 1] & 0xff) << 8
                | (bytes[position + 2] & 0xff) << 16
                | (bytes[position + 3] & 0xff) << 24;
        position += 4;
        return value;
    }

    byte[] bytes() throws CorruptRecordException {
        int length = length();
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    String text() throws CorruptRecordException {
        int length = length();
        int start = position;
        position += length;
        for (int i = start; i < position; i++) {
            if (bytes[i] < 0) {
                return strictUtf8(start, length);
            }
        }
        return new String(bytes, start, length, StandardCharsets.US_ASCII);
    }

    /** Whether the bytes of this field are a client's key. */
    boolean isKey(ClientKey key) throws CorruptRecordException {
        int length = length();
        position += length;
        return key.isStoredAs(bytes, position - length, length);
    }

    private String strictUtf8(int start, int length) throws CorruptRecordException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CorruptRecordException("field " + field() + " is not UTF-8");
        }
    }

    private int length() throws CorruptRecordException {
        expect(BYTES);
        return lengthPrefix();
    }

    private int lengthPrefix() throws CorruptRecordException {
        long length = varint();
        if (length < 0 || length > bytes.length - position) {
            throw new CorruptRecordException("field " + field() + " runs past the end");
        }
        return (int) length;
    }

    private void skip() throws CorruptRecordException {
        unread = false;
        switch (tag & 7) {
            case VARINT -> varint();
            case FIXED64 -> advance(8);
            case BYTES -> advance(lengthPrefix());
            case FIXED32 -> advance(4);
            default -> throw new CorruptRecordException("field " + field() + " has the unknown wire type " + (tag & 7));
        }
    }

    private void advance(int count) throws CorruptRecordException {
        require(count);
        position += count;
    }

    private void expect(int type) throws CorruptRecordException {
        unread = false;
        if ((tag & 7) != type) {
            throw new CorruptRecordException("field " + field() + " has the wrong wire type " + (tag & 7));
        }
    }

    private void require(int count) throws CorruptRecordException {
        if (bytes.length - position < count) {
            throw new CorruptRecordException("the record ends inside field " + field());
        }
    }

    private long varint() throws CorruptRecordException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            require(1);
            byte b = bytes[position++];
            value |= (b & 0x7fL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new CorruptRecordException("a number has more than ten bytes");
    }
}
