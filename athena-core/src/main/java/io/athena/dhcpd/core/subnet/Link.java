package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One subnet, or the subnets of one shared network: the scope within which a client has one lease. */
public final class Link {

    private final String id;
    private final List<Subnet> subnets;
    private final List<Pool> pools;
    private final IntervalMap<Subnet> subnetOf;
    private final IntervalMap<Pool> poolOf;
    private final Map<Ipv4, Reservation> reservationAt = new HashMap<>();
    private final Map<ClientKey, Reservation> reservationByClientId = new HashMap<>();
    private final Map<MacAddress, Reservation> reservationByMac = new HashMap<>();
    private final Set<Ipv4> forbidden;

    Link(
            String id,
            List<Subnet> subnets,
            List<Pool> pools,
            List<Reservation> reservations,
            IntervalMap<Subnet> subnetOf,
            IntervalMap<Pool> poolOf,
            Set<Ipv4> forbidden) {
        this.id = id;
        this.subnets = List.copyOf(subnets);
        this.pools = List.copyOf(pools);
        this.subnetOf = subnetOf;
        this.poolOf = poolOf;
        this.forbidden = Set.copyOf(forbidden);
        for (Reservation reservation : reservations) {
            reservationAt.put(reservation.ip(), reservation);
            byte[] clientId = reservation.config().clientId();
            if (clientId != null) {
                reservationByClientId.put(ClientKey.ofClientId(clientId), reservation);
            }
            reservation.config().macs().forEach(mac -> reservationByMac.put(mac, reservation));
        }
    }

    /** Stable over reloads: the shared network's name, or the subnet's prefix. */
    public String id() {
        return id;
    }

    public List<Subnet> subnets() {
        return subnets;
    }

    public List<Pool> pools() {
        return pools;
    }

    /** Every reservation of the link. */
    public Iterable<Reservation> reservations() {
        return reservationAt.values();
    }

    /** The subnet of this link that owns an address, or null. */
    public @Nullable Subnet subnetOf(Ipv4 address) {
        Subnet subnet = subnetOf.get(address);
        return subnet != null && subnets.contains(subnet) ? subnet : null;
    }

    /** The pool of this link that owns an address, or null. */
    public @Nullable Pool poolOf(Ipv4 address) {
        Pool pool = poolOf.get(address);
        return pool != null && pool.index() < pools.size() && pools.get(pool.index()) == pool ? pool : null;
    }

    /** The reservation of an address, or null. */
    public @Nullable Reservation reservationAt(Ipv4 address) {
        return reservationAt.get(address);
    }

    /** The reservation of a client: by client identifier before MAC; null when it has none. */
    public @Nullable Reservation reservationFor(@Nullable MacAddress mac, byte @Nullable [] clientId) {
        if (clientId != null && !reservationByClientId.isEmpty()) {
            Reservation byId = reservationByClientId.get(ClientKey.ofClientId(clientId));
            if (byId != null) {
                return byId;
            }
        }
        return mac == null ? null : reservationByMac.get(mac);
    }

    /** Whether no client may have the address: network, broadcast, a router's or one of the server's own. */
    public boolean isForbidden(Ipv4 address) {
        if (forbidden.contains(address)) {
            return true;
        }
        Subnet subnet = subnetOf.get(address);
        return subnet != null && subnet.network().isNetworkOrBroadcast(address);
    }

    /** Routers and the server's own addresses; network and broadcast addresses come on top. */
    public Set<Ipv4> forbidden() {
        return forbidden;
    }

    /** Whether clients are told apart by MAC although they send client identifiers. */
    public boolean identifiesByMac() {
        return subnets.get(0).config().identifyByMac();
    }

    @Override
    public String toString() {
        return id;
    }
}
