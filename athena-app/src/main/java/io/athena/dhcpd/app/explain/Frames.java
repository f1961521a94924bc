package io.athena.dhcpd.app.explain;

import io.athena.dhcpd.core.net.Ipv4;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the UDP datagram in a captured packet: Ethernet with or without VLAN tags, Linux cooked, loopback, plain IP. */
final class Frames {

    /** How packets of a capture begin; the numbers are those of capture files. */
    static final int ETHERNET = 1;

    static final int RAW_IP = 101;

    private static final int TYPE_IPV4 = 0x0800;
    private static final int ETHERNET_HEADER = 14;
    private static final int VLAN_TAG = 4;
    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;

    private Frames() {}

    /** The datagram, or null when the packet is something else, is a fragment, or is cut off. */
    static @Nullable Datagram datagram(int linkType, byte[] packet) {
        int ip = ipAt(linkType, packet);
        return ip < 0 ? null : ofIp(packet, ip);
    }

    /** Whether packets that begin so can be read at all. */
    static boolean isKnown(int linkType) {
        return switch (linkType) {
            case 0, ETHERNET, 12, 14, RAW_IP, 108, 113, 228, 276 -> true;
            default -> false;
        };
    }

    private static int ipAt(int linkType, byte[] packet) {
        return switch (linkType) {
            case ETHERNET -> ofEthernet(packet);
            // BSD loopback: four bytes of address family, in either order.
            case 0, 108 -> 4;
            case 12, 14, RAW_IP, 228 -> 0;
            // Linux cooked: the protocol is the last field of the first version, the first of the second.
            case 113 -> u16(packet, 14) == TYPE_IPV4 ? 16 : -1;
            case 276 -> u16(packet, 0) == TYPE_IPV4 ? 20 : -1;
            default -> -1;
        };
    }

    private static int ofEthernet(byte[] frame) {
        int at = ETHERNET_HEADER;
        int type = u16(frame, at - 2);
        while (type == 0x8100 || type == 0x88a8 || type == 0x9100) {
            at += VLAN_TAG;
            type = u16(frame, at - 2);
        }
        return type == TYPE_IPV4 ? at : -1;
    }

    private static @Nullable Datagram ofIp(byte[] packet, int ip) {
        if (ip + 20 > packet.length || (packet[ip] & 0xf0) != 0x40 || packet[ip + 9] != UDP) {
            return null;
        }
        boolean fragment = (u16(packet, ip + 6) & 0x3fff) != 0;
        int udp = ip + 4 * (packet[ip] & 0x0f);
        if (fragment || udp + UDP_HEADER > packet.length) {
            return null;
        }
        int payload = udp + UDP_HEADER;
        int end = Math.min(packet.length, udp + u16(packet, udp + 4));
        return new Datagram(
                Ipv4.of(packet, ip + 12),
                u16(packet, udp),
                Ipv4.of(packet, ip + 16),
                u16(packet, udp + 2),
                Arrays.copyOfRange(packet, payload, Math.max(payload, end)));
    }

    /** Two bytes in network order; -1 beyond the end. */
    private static int u16(byte[] bytes, int at) {
        return at < 0 || at + 2 > bytes.length ? -1 : (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }
}
