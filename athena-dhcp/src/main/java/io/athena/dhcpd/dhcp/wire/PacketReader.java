package io.athena.dhcpd.dhcp.wire;

import io.athena.dhcpd.core.net.Ipv4;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Reads bytes in network order between two bounds. Callers ask {@link #require} before they read; what is outside the
 * bounds is never touched, and no read allocates more than was asked for and is there.
 */
final class PacketReader {

    private final byte[] data;
    private final int limit;
    private int at;

    private PacketReader(byte[] data, int from, int limit) {
        this.data = data;
        this.at = from;
        this.limit = limit;
    }

    static PacketReader of(byte[] data) {
        return new PacketReader(data, 0, data.length);
    }

    /** Takes a copy of the readable bytes, so that the buffer may be reused at once. */
    static PacketReader of(ByteBuf buffer) {
        byte[] copy = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), copy);
        return of(copy);
    }

    /** All the bytes that this reader and its areas read from; shared. */
    byte[] whole() {
        return data;
    }

    /** A reader of {@code length} bytes from {@code offset} of this reader's first byte; cut off at this one's end. */
    PacketReader area(int offset, int length) {
        int from = Math.min(offset, limit);
        return new PacketReader(data, from, Math.min(limit, from + length));
    }

    /** Whether {@code count} more bytes can be read. */
    boolean require(int count) {
        return count >= 0 && count <= limit - at;
    }

    int remaining() {
        return limit - at;
    }

    /** Where in the data the next byte is. */
    int offset() {
        return at;
    }

    int u8() {
        return data[at++] & 0xff;
    }

    int u16() {
        return u8() << 8 | u8();
    }

    int i32() {
        return u16() << 16 | u16();
    }

    Ipv4 ipv4() {
        int bits = i32();
        return bits == 0 ? Ipv4.ANY : new Ipv4(bits);
    }

    byte[] bytes(int count) {
        at += count;
        return count == 0 ? DhcpPacket.NO_BYTES : Arrays.copyOfRange(data, at - count, at);
    }

    /** Copies the next bytes to {@code target}. */
    void copy(int count, byte[] target, int targetOffset) {
        System.arraycopy(data, at, target, targetOffset, count);
        at += count;
    }

    void skip(int count) {
        at += count;
    }

    /** The bytes of a field of fixed size up to its first NUL. */
    byte[] text(int size) {
        int end = at;
        while (end < at + size && data[end] != 0) {
            end++;
        }
        byte[] text = end == at ? DhcpPacket.NO_BYTES : Arrays.copyOfRange(data, at, end);
        at += size;
        return text;
    }

    /** Whether all that remains is zero. */
    boolean isZero() {
        for (int i = at; i < limit; i++) {
            if (data[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
