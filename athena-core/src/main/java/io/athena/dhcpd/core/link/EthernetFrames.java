package io.athena.dhcpd.core.link;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;

/** Builds Ethernet frames; their checksums are whole, since nobody fills them in behind a packet socket. */
public final class EthernetFrames {

    /** Bytes in front of the payload of UDP in IPv4 in Ethernet. */
    public static final int UDP_HEADERS = 42;

    private static final int MAC_SIZE = 6;
    private static final int ETHERNET_SIZE = 14;
    private static final int IP_SIZE = 20;
    private static final int UDP_SIZE = 8;
    private static final int IP_AT = ETHERNET_SIZE;
    private static final int UDP_AT = IP_AT + IP_SIZE;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int PROTOCOL_UDP = 17;
    private static final int TTL = 64;

    private EthernetFrames() {}

    /**
     * One end of a datagram.
     *
     * @param mac an Ethernet address of six bytes
     * @param ip the IP address
     * @param port the UDP port
     */
    public record Endpoint(MacAddress mac, Ipv4 ip, int port) {}

    /**
     * Puts the headers in front of a payload.
     *
     * @param frame holds the payload from {@link #UDP_HEADERS} on; what is before it is overwritten
     * @param payloadLength bytes of payload
     * @return the length of the whole frame
     */
    public static int wrapUdp(byte[] frame, int payloadLength, Endpoint from, Endpoint to) {
        System.arraycopy(to.mac.toBytes(), 0, frame, 0, MAC_SIZE);
        System.arraycopy(from.mac.toBytes(), 0, frame, MAC_SIZE, MAC_SIZE);
        WireBytes.put16(frame, 2 * MAC_SIZE, TYPE_IPV4);

        WireBytes.put16(frame, IP_AT, 0x4500);
        WireBytes.put16(frame, IP_AT + 2, IP_SIZE + UDP_SIZE + payloadLength);
        WireBytes.put32(frame, IP_AT + 4, 0);
        frame[IP_AT + 8] = TTL;
        frame[IP_AT + 9] = PROTOCOL_UDP;
        WireBytes.put16(frame, IP_AT + 10, 0);
        WireBytes.put32(frame, IP_AT + 12, from.ip.bits());
        WireBytes.put32(frame, IP_AT + 16, to.ip.bits());
        WireBytes.put16(frame, IP_AT + 10, WireBytes.folded(WireBytes.sum(frame, IP_AT, IP_SIZE)));

        int udpLength = UDP_SIZE + payloadLength;
        WireBytes.put16(frame, UDP_AT, from.port);
        WireBytes.put16(frame, UDP_AT + 2, to.port);
        WireBytes.put16(frame, UDP_AT + 4, udpLength);
        WireBytes.put16(frame, UDP_AT + 6, 0);
        // RFC 768: over a pseudo header of both addresses, protocol and length; 0 would mean "none".
        long sum = WireBytes.sum(frame, IP_AT + 12, 8)
                + PROTOCOL_UDP
                + udpLength
                + WireBytes.sum(frame, UDP_AT, udpLength);
        int checksum = WireBytes.folded(sum);
        WireBytes.put16(frame, UDP_AT + 6, checksum == 0 ? 0xffff : checksum);
        return UDP_HEADERS + payloadLength;
    }
}
