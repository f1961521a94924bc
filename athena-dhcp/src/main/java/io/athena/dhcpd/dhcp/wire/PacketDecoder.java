package io.athena.dhcpd.dhcp.wire;

import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.option.OptionSet;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Turns datagrams into packets. It never throws, whatever the bytes are: what cannot be believed is {@link Malformed},
 * and an odd part (bytes after END, a missing END, an option 52 that makes no sense) is as if it were absent.
 */
public final class PacketDecoder {

    /** The longest datagram that is looked at, in bytes. */
    public static final int MAX_MESSAGE = 4096;

    /** ARP hardware type of InfiniBand, whose clients send no hardware address (RFC 4390 section 2.1). */
    private static final int INFINIBAND = 32;

    private static final int AUTHENTICATION = 90;

    private PacketDecoder() {}

    /** Decodes what a client or relay agent sent; the buffer is read and not kept. */
    public static Decoded decode(ByteBuf datagram) {
        return datagram.readableBytes() > MAX_MESSAGE
                ? new Malformed(DropReason.TOO_LONG)
                : decodeDatagram(PacketReader.of(datagram));
    }

    /** Decodes what a client or relay agent sent. */
    public static Decoded decode(byte[] datagram) {
        return decodeDatagram(PacketReader.of(datagram));
    }

    /** Decodes a server's reply, for test clients; its options are read by the same rules. */
    public static Decoded decodeReply(byte[] datagram) {
        return decode(PacketReader.of(datagram), Header.REPLY);
    }

    /** Decodes what a requester of leases sent over TCP (RFC 6926, RFC 7724). */
    public static Decoded decodeQuery(byte[] message) {
        Decoded decoded = decode(PacketReader.of(message), Header.REQUEST);
        boolean query = !(decoded instanceof DhcpPacket packet) || isOnlyOverTcp(packet.type());
        return query ? decoded : new Malformed(DropReason.BAD_MESSAGE_TYPE);
    }

    private static Decoded decodeDatagram(PacketReader datagram) {
        Decoded decoded = decode(datagram, Header.REQUEST);
        boolean misplaced = decoded instanceof DhcpPacket packet && isOnlyOverTcp(packet.type());
        return misplaced ? new Malformed(DropReason.BAD_MESSAGE_TYPE) : decoded;
    }

    /** Where in a message that is refused for {@link DropReason#TRUNCATED_OPTION} that option starts; -1 for any other. */
    public static int truncatedAt(byte[] datagram) {
        OptionAreas areas = new OptionAreas(PacketReader.of(datagram));
        return areas.read() == null ? areas.overrunAt() : -1;
    }

    private static Decoded decode(PacketReader message, int op) {
        if (message.remaining() > MAX_MESSAGE) {
            return new Malformed(DropReason.TOO_LONG);
        }
        if (!message.require(Layout.OPTIONS_AT)) {
            return new Malformed(DropReason.TOO_SHORT);
        }
        PacketReader fields = message.area(0, message.remaining());
        if (fields.u8() != op) {
            return new Malformed(DropReason.NOT_A_REQUEST);
        }
        int htype = fields.u8();
        int hlen = fields.u8();
        if (hlen > Layout.CHADDR_SIZE) {
            return new Malformed(DropReason.BAD_HARDWARE_LENGTH);
        }
        Header header = header(fields, op, htype, hlen);
        Decoded decoded = body(message, header);
        boolean nameless = hlen == 0 && htype != INFINIBAND;
        // RFC 4388 section 6.2: who asks about an address or an identifier leaves the hardware address out.
        boolean may = decoded instanceof DhcpPacket packet && isAboutLeases(packet.type());
        return nameless && !may ? new Malformed(DropReason.BAD_HARDWARE_LENGTH) : decoded;
    }

    private static Decoded body(PacketReader message, Header header) {
        int cookie = message.area(Layout.COOKIE_AT, 4).i32();
        if (cookie != Layout.COOKIE) {
            return isPlainBootp(message) ? plainBootp(header, message) : new Malformed(DropReason.BAD_COOKIE);
        }
        return withOptions(message, header);
    }

    private static Header header(PacketReader fields, int op, int htype, int hlen) {
        int hops = fields.u8();
        int xid = fields.i32();
        int secs = fields.u16();
        int flags = fields.u16();
        Ipv4 ciaddr = fields.ipv4();
        Ipv4 yiaddr = fields.ipv4();
        Ipv4 siaddr = fields.ipv4();
        Ipv4 giaddr = fields.ipv4();
        MacAddress mac = hlen == 0 ? null : MacAddress.of(htype, fields.bytes(hlen));
        return new Header(op, htype, mac, hops, xid, secs, flags, ciaddr, yiaddr, siaddr, giaddr);
    }

    /** RFC 951 knows no cookie: a vendor area without a cookie is believed only when it is empty. */
    private static boolean isPlainBootp(PacketReader message) {
        return message.area(Layout.COOKIE_AT, Layout.BOOTP_SIZE - Layout.COOKIE_AT)
                .isZero();
    }

    private static Decoded plainBootp(Header header, PacketReader message) {
        if (header.mac() == null) {
            return new Malformed(DropReason.NO_IDENTITY);
        }
        return isUnusable(header.mac(), false)
                ? new Malformed(DropReason.BAD_HARDWARE_ADDRESS)
                : new DhcpPacket(header, MessageType.BOOTP, sname(message), file(message), OptionSet.EMPTY, null);
    }

    private static Decoded withOptions(PacketReader message, Header header) {
        OptionAreas areas = new OptionAreas(message);
        OptionSet options = areas.read();
        if (options == null) {
            return new Malformed(DropReason.TRUNCATED_OPTION);
        }
        MessageType type = type(options);
        if (type == null) {
            return new Malformed(DropReason.BAD_MESSAGE_TYPE);
        }
        if (header.op() == Header.REQUEST && isSentByServers(type)) {
            return new Malformed(DropReason.SERVER_MESSAGE);
        }
        if (isAboutLeases(type)) {
            return packet(message, header, type, areas, options);
        }
        byte[] id = options.get(61);
        boolean hasId = id != null && id.length > 0;
        if (header.mac() == null && !hasId) {
            return new Malformed(DropReason.NO_IDENTITY);
        }
        if (isUnusable(header.mac(), hasId)) {
            return new Malformed(DropReason.BAD_HARDWARE_ADDRESS);
        }
        return packet(message, header, type, areas, options);
    }

    private static DhcpPacket packet(
            PacketReader message, Header header, MessageType type, OptionAreas areas, OptionSet options) {
        byte[] sname = areas.snameHoldsOptions() ? DhcpPacket.NO_BYTES : sname(message);
        byte[] file = areas.fileHoldsOptions() ? DhcpPacket.NO_BYTES : file(message);
        byte[] datagram = options.contains(AUTHENTICATION) ? message.whole() : null;
        return new DhcpPacket(header, type, sname, file, options, datagram);
    }

    /** BOOTP without option 53, null when its value is none that RFC 2132 section 9.6 and RFC 4388 know. */
    private static @Nullable MessageType type(OptionSet options) {
        byte[] value = options.get(53);
        if (value == null) {
            return MessageType.BOOTP;
        }
        return value.length == 1 ? MessageType.ofCode(value[0]) : null;
    }

    private static boolean isSentByServers(MessageType type) {
        return switch (type) {
            case OFFER, ACK, NAK, LEASEUNASSIGNED, LEASEUNKNOWN, LEASEACTIVE, LEASEQUERYDONE, LEASEQUERYSTATUS -> true;
            case BOOTP, DISCOVER, REQUEST, DECLINE, RELEASE, INFORM -> false;
            case LEASEQUERY, BULKLEASEQUERY, ACTIVELEASEQUERY, TLS -> false;
        };
    }

    private static boolean isOnlyOverTcp(MessageType type) {
        return switch (type) {
            case BULKLEASEQUERY, LEASEQUERYDONE, ACTIVELEASEQUERY, LEASEQUERYSTATUS, TLS -> true;
            default -> false;
        };
    }

    /** Messages between servers and those who ask for leases: no client sends them, so they need not tell one. */
    private static boolean isAboutLeases(MessageType type) {
        return type.code() >= MessageType.LEASEQUERY.code();
    }

    /**
     * An address of all zeroes or all ones tells nobody apart; a client identifier does. Other group addresses are odd,
     * but some clients make theirs up at random: they are served, by broadcast.
     */
    private static boolean isUnusable(@Nullable MacAddress mac, boolean hasId) {
        return mac != null && (mac.isZero() || mac.isBroadcast()) && !hasId;
    }

    private static byte[] sname(PacketReader message) {
        return message.area(Layout.SNAME_AT, Layout.SNAME_SIZE).text(Layout.SNAME_SIZE);
    }

    private static byte[] file(PacketReader message) {
        return message.area(Layout.FILE_AT, Layout.FILE_SIZE).text(Layout.FILE_SIZE);
    }
}
