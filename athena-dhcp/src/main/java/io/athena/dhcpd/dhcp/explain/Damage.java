package io.athena.dhcpd.dhcp.explain;

import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;

/** Says where a message is damaged, as far as the decoder's reason tells. */
final class Damage {

    private static final int HEADER = 240;

    private Damage() {}

    static String where(DropReason reason, byte[] datagram) {
        return switch (reason) {
            case TOO_SHORT ->
                "it has " + datagram.length + " bytes, fewer than the " + HEADER + " of header and cookie";
            case TOO_LONG ->
                "it has " + datagram.length + " bytes, more than the " + PacketDecoder.MAX_MESSAGE
                        + " that are looked at";
            case NOT_A_REQUEST -> "op at offset 0 is " + unsigned(datagram, 0) + ", and clients send 1";
            case BAD_HARDWARE_LENGTH ->
                "hlen at offset 2 is " + unsigned(datagram, 2) + " for hardware type " + unsigned(datagram, 1);
            case BAD_COOKIE -> "there is no DHCP cookie at offset 236, nor an empty BOOTP vendor area";
            case BAD_HARDWARE_ADDRESS -> "chaddr at offset 28 is all zeroes or all ones, and option 61 is missing";
            case NO_IDENTITY -> "it has neither a hardware address nor a client identifier";
            case TRUNCATED_OPTION -> {
                int at = PacketDecoder.truncatedAt(datagram);
                yield "the option at offset " + at + " (code " + unsigned(datagram, at) + ") reaches past its end";
            }
            case BAD_MESSAGE_TYPE -> "option 53 is empty, too long or unknown";
            case SERVER_MESSAGE -> "only servers send messages of this type";
            default -> reason.tag().replace('_', ' ');
        };
    }

    private static int unsigned(byte[] datagram, int at) {
        return at >= 0 && at < datagram.length ? datagram[at] & 0xff : -1;
    }
}
