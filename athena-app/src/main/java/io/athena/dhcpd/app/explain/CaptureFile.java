package io.athena.dhcpd.app.explain;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads captured packets one by one: classic pcap in either byte order and resolution, and pcapng. */
final class CaptureFile implements Closeable {

    /**
     * A captured packet.
     *
     * @param seconds when it was captured, epoch seconds
     * @param linkType how it begins, see {@link Frames}
     * @param bytes what was captured of it
     * @param cut whether that is not all of it
     */
    record Packet(long seconds, int linkType, byte[] bytes, boolean cut) {}

    private static final int PCAP_MICROS = 0xa1b2c3d4;
    private static final int PCAP_NANOS = 0xa1b23c4d;
    private static final int NG_SECTION = 0x0a0d0d0a;
    private static final int NG_ORDER = 0x1a2b3c4d;
    private static final int NG_INTERFACE = 1;
    private static final int NG_SIMPLE = 3;
    private static final int NG_PACKET = 6;
    private static final int NG_RESOLUTION = 9;
    private static final int MAX_BLOCK = 1 << 20;

    /** An interface of a pcapng section; {@code ticks} a second. */
    private record Interface(int linkType, long ticks) {}

    private final InputStream in;
    private final boolean classic;
    private final List<Interface> interfaces = new ArrayList<>();
    private ByteOrder order = ByteOrder.BIG_ENDIAN;
    private long offset;

    private CaptureFile(InputStream in) throws IOException {
        this.in = in;
        ByteBuffer magic = need(4, "its first four bytes");
        classic = magic.getInt(0) != NG_SECTION;
        if (classic) {
            readHeader(magic);
        } else {
            readSection();
        }
    }

    /** Opens a capture. @throws IOException saying what is wrong with it */
    static CaptureFile open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        try {
            return new CaptureFile(in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** The next packet, or null at the end. @throws IOException when the file is damaged, saying where */
    @Nullable
    Packet next() throws IOException {
        return classic ? nextRecord() : nextBlock();
    }

    // --- classic ------------------------------------------------------------------------------------------------

    private void readHeader(ByteBuffer magic) throws IOException {
        for (ByteOrder each : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            int number = magic.order(each).getInt(0);
            if (number == PCAP_MICROS || number == PCAP_NANOS) {
                order = each;
                ByteBuffer rest = need(20, "its header");
                interfaces.add(new Interface(rest.getInt(16) & 0xffff, 1));
                return;
            }
        }
        throw new IOException("it is neither a pcap nor a pcapng file");
    }

    private @Nullable Packet nextRecord() throws IOException {
        ByteBuffer header = read(16);
        if (header == null) {
            return null;
        }
        int captured = header.getInt(8);
        byte[] bytes = body(captured, header.getInt(12));
        return new Packet(
                Integer.toUnsignedLong(header.getInt(0)),
                interfaces.get(0).linkType(),
                bytes,
                captured < header.getInt(12));
    }

    private byte[] body(int captured, int original) throws IOException {
        if (captured < 0 || captured > MAX_BLOCK || original < 0) {
            throw new IOException("it is damaged: a packet of " + Integer.toUnsignedLong(captured)
                    + " bytes is announced in front of offset " + offset);
        }
        return need(captured, "a packet").array();
    }

    // --- pcapng -------------------------------------------------------------------------------------------------

    private void readSection() throws IOException {
        ByteBuffer start = need(8, "a section header");
        order = start.order(ByteOrder.BIG_ENDIAN).getInt(4) == NG_ORDER
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
        if (start.order(order).getInt(4) != NG_ORDER) {
            throw new IOException("it is damaged: a section header says no byte order in front of offset " + offset);
        }
        interfaces.clear();
        need(blockRest(start.getInt(0), 12), "a section header");
    }

    private @Nullable Packet nextBlock() throws IOException {
        for (ByteBuffer type = read(4); type != null; type = read(4)) {
            if (type.getInt(0) == NG_SECTION) {
                readSection();
                continue;
            }
            int length = need(4, "a block").getInt(0);
            ByteBuffer body = need(blockRest(length, 8), "a block");
            Packet packet = packet(type.getInt(0), body);
            if (packet != null) {
                return packet;
            }
        }
        return null;
    }

    private int blockRest(int length, int read) throws IOException {
        if (length < read + 4 || length > MAX_BLOCK || length % 4 != 0) {
            throw new IOException("it is damaged: a block of " + Integer.toUnsignedLong(length)
                    + " bytes is announced in front of offset " + offset);
        }
        return length - read;
    }

    private @Nullable Packet packet(int type, ByteBuffer body) throws IOException {
        if (type == NG_INTERFACE && body.limit() >= 12) {
            interfaces.add(new Interface(body.getShort(0) & 0xffff, ticks(body)));
        } else if (type == NG_PACKET && body.limit() >= 24) {
            Interface by = interfaceAt(body.getInt(0));
            long time = Integer.toUnsignedLong(body.getInt(4)) << 32 | Integer.toUnsignedLong(body.getInt(8));
            return packet(by, Long.divideUnsigned(time, by.ticks()), body, 20, body.getInt(12), body.getInt(16));
        } else if (type == NG_SIMPLE && body.limit() >= 8) {
            int original = body.getInt(0);
            return packet(interfaceAt(0), 0, body, 4, Math.min(original, body.limit() - 8), original);
        }
        return null;
    }

    private Packet packet(Interface by, long seconds, ByteBuffer body, int from, int captured, int original)
            throws IOException {
        if (captured < 0 || from + captured > body.limit()) {
            throw new IOException("it is damaged: a packet is longer than its block in front of offset " + offset);
        }
        byte[] bytes = new byte[captured];
        body.get(from, bytes);
        return new Packet(seconds, by.linkType(), bytes, captured < original);
    }

    private Interface interfaceAt(int number) throws IOException {
        if (number < 0 || number >= interfaces.size()) {
            throw new IOException("it is damaged: a packet names an interface that was not described, in front of"
                    + " offset " + offset);
        }
        return interfaces.get(number);
    }

    /** Option if_tsresol: a power of ten, or of two with the highest bit set; microseconds when it is absent. */
    private static long ticks(ByteBuffer body) {
        int at = 8;
        while (at + 4 < body.limit()) {
            int code = body.getShort(at) & 0xffff;
            int length = body.getShort(at + 2) & 0xffff;
            if (code == NG_RESOLUTION && length == 1) {
                int power = body.get(at + 4);
                return power < 0 ? 1L << Math.min(power & 0x7f, 62) : (long) Math.pow(10, Math.min(power, 18));
            }
            if (code == 0) {
                break;
            }
            at += 4 + (length + 3) / 4 * 4;
        }
        return 1_000_000;
    }

    // --- bytes --------------------------------------------------------------------------------------------------

    private ByteBuffer need(int count, String what) throws IOException {
        ByteBuffer bytes = count == 0 ? ByteBuffer.allocate(0) : read(count);
        if (bytes == null) {
            throw new IOException("it ends inside " + what + ", at offset " + offset);
        }
        return bytes;
    }

    /** So many bytes, or null when the file ends before the first of them. */
    private @Nullable ByteBuffer read(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length == 0) {
            return null;
        }
        if (bytes.length < count) {
            throw new IOException("it ends inside a packet, at offset " + (offset + bytes.length));
        }
        offset += count;
        return ByteBuffer.wrap(bytes).order(order);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
