package io.athena.dhcpd.dhcp.path;

import io.athena.dhcpd.core.lease.ClientFqdn;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.lease.Wishes;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import org.jspecify.annotations.Nullable;

/** Turns a packet into what the engine may see. */
final class Requests {

    private static final int IPV6_ONLY = 108;

    private Requests() {}

    /** The request, or null when nothing in the packet tells who sends it. */
    static @Nullable ClientRequest of(DhcpPacket packet, RelayInfo relay, Link link, boolean serverIdIsOurs) {
        ClientKey key = identity(packet, link);
        if (key == null) {
            return null;
        }
        ClientFqdn fqdn = packet.fqdn();
        return new ClientRequest(
                packet.type(),
                packet.xid(),
                key,
                packet.chaddr(),
                packet.clientId(),
                packet.ciaddr(),
                packet.requestedAddress(),
                packet.serverId(),
                serverIdIsOurs,
                packet.requestedLeaseTime(),
                wishes(packet),
                // The name in option 81 is the one that the client wants to be known by.
                fqdn != null && fqdn.name() != null ? fqdn.name() : packet.hostname(),
                fqdn,
                packet.vendorClass(),
                packet.userClass(),
                packet.architecture(),
                relay);
    }

    private static Wishes wishes(DhcpPacket packet) {
        if (packet.type() != MessageType.DISCOVER) {
            return Wishes.NONE;
        }
        boolean rapidCommit = packet.rapidCommit();
        boolean ipv6Only = packet.asksFor(IPV6_ONLY);
        boolean autoConfigure = packet.autoConfigure();
        return rapidCommit || ipv6Only || autoConfigure
                ? new Wishes(rapidCommit, ipv6Only, autoConfigure)
                : Wishes.NONE;
    }

    /** RFC 2131 section 4.2: the client identifier wins over chaddr, unless the subnet says to look at the MAC. */
    private static @Nullable ClientKey identity(DhcpPacket packet, Link link) {
        byte[] clientId = packet.clientId();
        MacAddress mac = packet.chaddr();
        if (clientId != null && (mac == null || !link.identifiesByMac())) {
            return ClientKey.ofClientId(clientId);
        }
        return mac == null ? null : ClientKey.ofHardware(mac);
    }
}
