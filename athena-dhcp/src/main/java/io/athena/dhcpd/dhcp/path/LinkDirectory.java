package io.athena.dhcpd.dhcp.path;

import io.athena.dhcpd.core.link.LocalAddress;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.net.VpnId;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Subnet;
import io.athena.dhcpd.core.subnet.Topology;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which link a packet belongs to, and where that link is served. Immutable: a reload swaps the whole. */
public final class LinkDirectory {

    private final Topology topology;
    private final List<Seat> seats;
    private final Map<Link, Seat> seatOf = new IdentityHashMap<>();

    public LinkDirectory(Topology topology, List<Seat> seats) {
        this.topology = topology;
        this.seats = List.copyOf(seats);
        seats.forEach(seat -> seatOf.put(seat.link(), seat));
    }

    /** One seat a link, in the order of the configuration. */
    public List<Seat> seats() {
        return seats;
    }

    /** The seat of the link that an address lies in, or null. */
    public @Nullable Seat seatOf(Ipv4 address) {
        Link link = topology.linkOf(address);
        return link == null ? null : seatOf.get(link);
    }

    /**
     * The seat of the client's link, or null when it is on none of ours.
     *
     * @param interfaceAddresses the addresses of the interface that the packet came by
     */
    public @Nullable Seat seatFor(DhcpPacket packet, RelayInfo relay, List<LocalAddress> interfaceAddresses) {
        return place(packet, relay, interfaceAddresses).seat();
    }

    /**
     * The same with the reason. The order: sub-option 5 (RFC 3527), option 118 (RFC 3011), giaddr, ciaddr, interface.
     */
    public Placement place(DhcpPacket packet, RelayInfo relay, List<LocalAddress> interfaceAddresses) {
        Ipv4 selected = selectedSubnet(packet);
        if (relay.isRelayed()) {
            return inVpn(relayed(relay, selected), relay);
        }
        if (selected != null) {
            return by(LinkRule.SUBNET_SELECTION, selected);
        }
        Seat byClient = packet.ciaddr().isAny() ? null : seatOf(packet.ciaddr());
        if (byClient != null) {
            return new Placement(LinkRule.CIADDR, packet.ciaddr(), byClient);
        }
        for (LocalAddress address : interfaceAddresses) {
            Seat seat = seatOf(address.ip());
            if (seat != null) {
                return new Placement(LinkRule.INTERFACE, address.ip(), seat);
            }
        }
        Ipv4 first =
                interfaceAddresses.isEmpty() ? null : interfaceAddresses.get(0).ip();
        return new Placement(LinkRule.INTERFACE, first, null);
    }

    private Placement relayed(RelayInfo relay, @Nullable Ipv4 selected) {
        Ipv4 linkSelection = relay.linkSelection();
        if (linkSelection != null) {
            return by(LinkRule.LINK_SELECTION, linkSelection);
        }
        return selected == null ? by(LinkRule.GIADDR, relay.giaddr()) : by(LinkRule.SUBNET_SELECTION, selected);
    }

    private Placement by(LinkRule rule, Ipv4 address) {
        return new Placement(rule, address, seatOf(address));
    }

    /**
     * The place, without its seat where that is of another virtual network than the relay agent names (RFC 6607 section
     * 7). A server whose subnets name none is one without that support: it looks at no name and sends it back with
     * sub-option 152.
     */
    private Placement inVpn(Placement found, RelayInfo relay) {
        Seat seat = found.seat();
        boolean another = seat != null
                && topology.namesVpns()
                && !seat.link().vpn().equals(Objects.requireNonNullElse(relay.vpn(), VpnId.GLOBAL));
        return another ? new Placement(found.rule(), found.address(), null) : found;
    }

    /** The address of option 118 where the subnet it names lets itself be chosen; it is off by default. */
    public @Nullable Ipv4 selectedSubnet(DhcpPacket packet) {
        Ipv4 selected = packet.subnetSelection();
        Subnet subnet = selected == null ? null : topology.subnetOf(selected);
        return subnet != null && subnet.config().subnetSelection() ? selected : null;
    }
}
