package io.athena.dhcpd.core.link;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.Arrays;

/** ARP for IPv4 on Ethernet (RFC 826): what a probe sends, and what is read of an answer. */
public final class ArpFrames {

    /** Bytes of a frame; the hardware pads it to what Ethernet wants. */
    public static final int SIZE = 42;

    private static final int MAC_SIZE = 6;
    private static final int TYPE_ARP = 0x0806;
    private static final int ETHERNET = 1;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int SIZES = 0x0604;
    private static final int REQUEST = 1;
    private static final int REPLY = 2;

    private static final int SOURCE_AT = MAC_SIZE;
    private static final int TYPE_AT = 2 * MAC_SIZE;
    private static final int ARP_AT = 14;
    private static final int OPERATION_AT = ARP_AT + 6;
    private static final int SENDER_MAC_AT = ARP_AT + 8;
    private static final int SENDER_IP_AT = ARP_AT + 14;
    private static final int TARGET_MAC_AT = ARP_AT + 18;
    private static final int TARGET_IP_AT = ARP_AT + 24;

    private ArpFrames() {}

    /**
     * "Who has {@code target}? Tell {@code senderIp}", to everybody.
     *
     * @param frame takes {@link #SIZE} bytes
     * @param own the address of the interface that it leaves by, six bytes
     */
    public static void request(byte[] frame, MacAddress own, Ipv4 senderIp, Ipv4 target) {
        header(frame, own, own, senderIp);
        Arrays.fill(frame, TARGET_MAC_AT, TARGET_IP_AT, (byte) 0);
        WireBytes.put32(frame, TARGET_IP_AT, target.bits());
    }

    /**
     * A gratuitous request, to everybody, that makes its hearers renew what they know of an address.
     *
     * @param frame takes {@link #SIZE} bytes
     * @param own the address of the interface that it leaves by, six bytes
     * @param holder who has the address now, six bytes
     */
    public static void gratuitous(byte[] frame, MacAddress own, MacAddress holder, Ipv4 address) {
        header(frame, own, holder, address);
        Arrays.fill(frame, TARGET_MAC_AT, TARGET_IP_AT, (byte) 0xff);
        WireBytes.put32(frame, TARGET_IP_AT, address.bits());
    }

    private static void header(byte[] frame, MacAddress source, MacAddress sender, Ipv4 senderIp) {
        Arrays.fill(frame, 0, MAC_SIZE, (byte) 0xff);
        System.arraycopy(source.toBytes(), 0, frame, SOURCE_AT, MAC_SIZE);
        WireBytes.put16(frame, TYPE_AT, TYPE_ARP);
        WireBytes.put16(frame, ARP_AT, ETHERNET);
        WireBytes.put16(frame, ARP_AT + 2, TYPE_IPV4);
        WireBytes.put16(frame, ARP_AT + 4, SIZES);
        WireBytes.put16(frame, OPERATION_AT, REQUEST);
        System.arraycopy(sender.toBytes(), 0, frame, SENDER_MAC_AT, MAC_SIZE);
        WireBytes.put32(frame, SENDER_IP_AT, senderIp.bits());
    }

    /** Whether a received frame is a whole ARP request or reply about IPv4 addresses. */
    public static boolean isArp(byte[] frame, int length) {
        if (length < SIZE
                || WireBytes.get16(frame, TYPE_AT) != TYPE_ARP
                || WireBytes.get16(frame, ARP_AT) != ETHERNET
                || WireBytes.get16(frame, ARP_AT + 2) != TYPE_IPV4
                || WireBytes.get16(frame, ARP_AT + 4) != SIZES) {
            return false;
        }
        int operation = WireBytes.get16(frame, OPERATION_AT);
        return operation == REQUEST || operation == REPLY;
    }

    /** Whether an ARP frame is a reply; else it is a request. */
    public static boolean isReply(byte[] frame) {
        return WireBytes.get16(frame, OPERATION_AT) == REPLY;
    }

    /** The IP address that the sender of a frame claims, in network order. */
    public static int senderIp(byte[] frame) {
        return WireBytes.get32(frame, SENDER_IP_AT);
    }

    /** The hardware address that the sender of a frame claims. */
    public static MacAddress senderMac(byte[] frame) {
        return MacAddress.of(MacAddress.ETHERNET, Arrays.copyOfRange(frame, SENDER_MAC_AT, SENDER_MAC_AT + MAC_SIZE));
    }

    /** Whether a frame left the interface that has this address, or speaks for it. */
    public static boolean isFrom(byte[] frame, byte[] mac) {
        return Arrays.equals(frame, SOURCE_AT, SOURCE_AT + MAC_SIZE, mac, 0, MAC_SIZE)
                || Arrays.equals(frame, SENDER_MAC_AT, SENDER_MAC_AT + MAC_SIZE, mac, 0, MAC_SIZE);
    }
}
