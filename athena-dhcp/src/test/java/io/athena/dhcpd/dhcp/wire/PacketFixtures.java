package io.athena.dhcpd.dhcp.wire;

import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.net.MacAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;

/** Packets for tests. */
public final class PacketFixtures {

    public static final MacAddress CLIENT_MAC = MacAddress.parse("00:0b:82:01:fc:42");

    private PacketFixtures() {}

    /** Bytes of hex digits; blanks and line breaks do not count. */
    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    /** A DISCOVER as a phone adapter sent it, 272 bytes: options 53, 61, 50, 55. */
    static byte[] capturedDiscover() {
        return request("35 01 01  3d 07 01 00 0b 82 01 fc 42  32 04 00 00 00 00  37 04 01 03 06 2a  ff"
                + "00 00 00 00 00 00 00");
    }

    /** A message with op 1, xid 0x3d1d and the given bytes behind the cookie. */
    public static byte[] request(String options) {
        return hex("01 01 06 00  00 00 3d 1d  00 00 00 00" + "00".repeat(16) + "00 0b 82 01 fc 42" + "00".repeat(10)
                + "00".repeat(192) + "63 82 53 63" + options);
    }

    /** The captured DISCOVER with other bytes at an offset. */
    static byte[] discoverWith(int offset, String bytes) {
        byte[] packet = capturedDiscover();
        byte[] patch = hex(bytes);
        System.arraycopy(patch, 0, packet, offset, patch.length);
        return packet;
    }

    public static DhcpPacket packet(byte[] bytes) {
        return (DhcpPacket) PacketDecoder.decode(bytes);
    }

    /** What a client message is to the server that receives it. */
    public static DhcpPacket received(ClientMessage message) {
        return packet(message.toBytes());
    }

    static DropReason dropReason(byte[] bytes) {
        return ((Malformed) PacketDecoder.decode(bytes)).reason();
    }

    public static byte[] encode(Reply reply) {
        ByteBuf out = Unpooled.buffer();
        PacketWriter.write(reply, out);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }
}
