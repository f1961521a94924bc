package io.athena.dhcpd.dhcp.wire;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.option.OptionSet;
import io.netty.buffer.ByteBuf;

/**
 * Encodes messages: option 53 first, 82 last with 90 before it, the rest in the given order, long values split (RFC 3396), what does not
 * fit in file and sname (RFC 2131 section 4.1), never less than 300 bytes.
 */
public final class PacketWriter {

    private static final int END = 255;
    private static final int MAX_PIECE = 255;
    private static final int MESSAGE_TYPE = 53;
    private static final int OVERLOAD = 52;
    private static final int RELAY_AGENT = 82;
    private static final int AUTHENTICATION = 90;

    private PacketWriter() {}

    /**
     * Appends the message to {@code out}. It stays within {@code reply.maxSize()} unless the options that no reply may
     * lack are longer than that.
     */
    public static void write(Reply reply, ByteBuf out) {
        int start = out.writerIndex();
        writeHeader(reply.header(), out);
        boolean bootp = reply.type() == MessageType.BOOTP;
        int limit = bootp
                ? Layout.BOOTP_SIZE
                : Math.max(DhcpPacket.DEFAULT_MAX_SIZE, reply.maxSize()) - Layout.IP_UDP_HEADERS;
        Seal seal = reply.seal();
        int room = limit - Layout.OPTIONS_AT - 1 - (bootp ? 0 : 3) - (seal == null ? 0 : encodedSize(seal.value()));
        if (encodedSize(reply.options()) <= room) {
            writeText(reply.sname(), Layout.SNAME_SIZE, out);
            writeText(reply.file(), Layout.FILE_SIZE, out);
            out.writeInt(Layout.COOKIE);
            writeType(reply.type(), out);
            reply.options().forEach((value, code) -> {
                if (code != RELAY_AGENT) {
                    writeOption(code, value, out);
                }
            });
        } else {
            writeCrowded(reply, OptionLayout.of(reply, room), out);
        }
        if (seal != null) {
            writeSeal(seal, start, out);
        }
        byte[] relayAgent = reply.options().get(RELAY_AGENT);
        if (relayAgent != null) {
            writeOption(RELAY_AGENT, relayAgent, out);
        }
        out.writeByte(END);
        padTo(start + Layout.BOOTP_SIZE, out);
    }

    /** Bytes of an option with codes and lengths; a value of more than 255 bytes comes in several pieces. */
    static int encodedSize(byte[] value) {
        return value.length + 2 * Math.max(1, (value.length + MAX_PIECE - 1) / MAX_PIECE);
    }

    private static int encodedSize(OptionSet options) {
        int size = 0;
        for (int i = 0; i < options.size(); i++) {
            size += encodedSize(options.valueAt(i));
        }
        return size;
    }

    private static void writeHeader(Header header, ByteBuf out) {
        MacAddress mac = header.mac();
        out.writeByte(header.op())
                .writeByte(header.htype())
                .writeByte(mac == null ? 0 : mac.length())
                .writeByte(header.hops());
        out.writeInt(header.xid()).writeShort(header.secs()).writeShort(header.flags());
        out.writeInt(header.ciaddr().bits())
                .writeInt(header.yiaddr().bits())
                .writeInt(header.siaddr().bits())
                .writeInt(header.giaddr().bits());
        int end = out.writerIndex() + Layout.CHADDR_SIZE;
        if (mac != null) {
            out.writeBytes(mac.toBytes());
        }
        padTo(end, out);
    }

    private static void writeCrowded(Reply reply, OptionLayout layout, ByteBuf out) {
        if (layout.usesSname()) {
            writeArea(reply.options(), layout, OptionLayout.SNAME, Layout.SNAME_SIZE, out);
        } else {
            writeText(reply.sname(), Layout.SNAME_SIZE, out);
        }
        if (layout.usesFile()) {
            writeArea(reply.options(), layout, OptionLayout.FILE, Layout.FILE_SIZE, out);
        } else {
            writeText(reply.file(), Layout.FILE_SIZE, out);
        }
        out.writeInt(Layout.COOKIE);
        writeType(reply.type(), out);
        int overload = (layout.usesFile() ? 1 : 0) | (layout.usesSname() ? 2 : 0);
        if (overload != 0) {
            out.writeByte(OVERLOAD).writeByte(1).writeByte(overload);
        }
        writePieces(reply.options(), layout, OptionLayout.OPTIONS, out);
    }

    private static void writeArea(OptionSet options, OptionLayout layout, int area, int size, ByteBuf out) {
        int end = out.writerIndex() + size;
        writePieces(options, layout, area, out);
        out.writeByte(END);
        padTo(end, out);
    }

    private static void writePieces(OptionSet options, OptionLayout layout, int area, ByteBuf out) {
        for (OptionLayout.Piece piece : layout.pieces(area)) {
            out.writeByte(options.codeAt(piece.index())).writeByte(piece.length());
            out.writeBytes(options.valueAt(piece.index()), piece.from(), piece.length());
        }
    }

    private static void writeType(MessageType type, ByteBuf out) {
        if (type != MessageType.BOOTP) {
            out.writeByte(MESSAGE_TYPE).writeByte(1).writeByte(type.code());
        }
    }

    private static void writeOption(int code, byte[] value, ByteBuf out) {
        int from = 0;
        do {
            int length = Math.min(MAX_PIECE, value.length - from);
            out.writeByte(code).writeByte(length).writeBytes(value, from, length);
            from += length;
        } while (from < value.length);
    }

    /**
     * RFC 3118 section 3: the code is about the message without option 82, and with zeros for giaddr and hops. So it is
     * made as soon as all else is written, over what the client will have once the relay agent has taken 82 out.
     */
    private static void writeSeal(Seal seal, int start, ByteBuf out) {
        writeOption(AUTHENTICATION, seal.value(), out);
        int end = out.writerIndex();
        out.writeByte(END);
        padTo(start + Layout.BOOTP_SIZE, out);
        int hops = out.getByte(start + Layout.HOPS_AT);
        int giaddr = out.getInt(start + Layout.GIADDR_AT);
        out.setByte(start + Layout.HOPS_AT, 0).setInt(start + Layout.GIADDR_AT, 0);
        byte[] code = seal.codeOver(out.nioBuffer(start, out.writerIndex() - start));
        out.setByte(start + Layout.HOPS_AT, hops).setInt(start + Layout.GIADDR_AT, giaddr);
        out.setBytes(end - code.length, code).writerIndex(end);
    }

    private static void writeText(byte[] text, int size, ByteBuf out) {
        int end = out.writerIndex() + size;
        // One byte is left for the NUL (RFC 2131 section 2: null terminated strings).
        out.writeBytes(text, 0, Math.min(text.length, size - 1));
        padTo(end, out);
    }

    private static void padTo(int end, ByteBuf out) {
        int missing = end - out.writerIndex();
        if (missing > 0) {
            out.writeZero(missing);
        }
    }
}
