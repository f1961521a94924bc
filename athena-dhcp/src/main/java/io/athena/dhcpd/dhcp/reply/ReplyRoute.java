package io.athena.dhcpd.dhcp.reply;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.dhcp.reply.Destination.Broadcast;
import io.athena.dhcpd.dhcp.reply.Destination.LinkUnicast;
import io.athena.dhcpd.dhcp.reply.Destination.ToRelay;
import io.athena.dhcpd.dhcp.reply.Destination.UnicastIp;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.Header;

/** The routing rules of RFC 2131 section 4.1, for BOOTP too (RFC 1542 section 4.1.2). */
public final class ReplyRoute {

    private ReplyRoute() {}

    /**
     * Where the reply to {@code request} goes.
     *
     * @param reply type of the reply
     * @param request what is answered
     * @param source the IP address it came from
     * @param yiaddr the address that the reply gives, {@link Ipv4#ANY} for none
     * @param relay what the relay agent said
     */
    public static Destination of(MessageType reply, DhcpPacket request, Ipv4 source, Ipv4 yiaddr, RelayInfo relay) {
        // RFC 2131 section 4.3.5: INFORM comes from a client that has its address, also behind a relay agent.
        if (request.type() == MessageType.INFORM && request.ciaddr().isUnicastHost()) {
            return new UnicastIp(request.ciaddr());
        }
        if (relay.isRelayed()) {
            return new ToRelay(relay.giaddr(), relay.relayPort());
        }
        if (source.isLoopback()) {
            // A test client on this machine; broadcasts would leave by another interface.
            return new UnicastIp(source);
        }
        if (reply == MessageType.NAK) {
            return new Broadcast();
        }
        if (request.ciaddr().isUnicastHost()) {
            return new UnicastIp(request.ciaddr());
        }
        if (request.type() == MessageType.INFORM) {
            return source.isUnicastHost() ? new UnicastIp(source) : new Broadcast();
        }
        return toClientWithoutAddress(request, yiaddr);
    }

    /** The flags of the reply: the client's, with the broadcast bit for a NAK through a relay agent (4.3.2). */
    public static int flags(MessageType reply, DhcpPacket request) {
        return reply == MessageType.NAK && !request.giaddr().isAny()
                ? request.flags() | Header.BROADCAST_FLAG
                : request.flags();
    }

    private static Destination toClientWithoutAddress(DhcpPacket request, Ipv4 yiaddr) {
        MacAddress mac = request.chaddr();
        if (request.broadcast() || mac == null || !mac.isEthernetUnicast() || !yiaddr.isUnicastHost()) {
            return new Broadcast();
        }
        return new LinkUnicast(mac, yiaddr);
    }
}
