package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.config.OptionScope;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.VpnId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** One subnet, or the subnets of one shared network: the scope within which a client has one lease. */
public final class Link {

    private final String id;
    private final List<Subnet> subnets;
    private final List<Pool> pools;
    private final IntervalMap<Subnet> subnetOf;
    private final IntervalMap<Pool> poolOf;
    private final ReservationIndex reservations;
    private final List<ClientClass> classes;
    private final List<ClientClass> classesWithTerms;
    private final List<List<Pool>> tiers;
    private final Set<Ipv4> forbidden;
    private final boolean selective;

    Link(
            String id,
            List<Subnet> subnets,
            List<Pool> pools,
            List<Reservation> reservations,
            List<ClientClass> classes,
            IntervalMap<Subnet> subnetOf,
            IntervalMap<Pool> poolOf,
            Set<Ipv4> forbidden) {
        this.id = id;
        this.subnets = List.copyOf(subnets);
        this.pools = List.copyOf(pools);
        this.reservations = new ReservationIndex(reservations);
        this.classes = classes;
        this.classesWithTerms = classes.stream().filter(ClientClass::hasTerms).toList();
        this.tiers = tiers(pools);
        this.subnetOf = subnetOf;
        this.poolOf = poolOf;
        this.forbidden = Set.copyOf(forbidden);
        this.selective = !classesWithTerms.isEmpty()
                || !pools.stream().allMatch(Pool::isForEverybody)
                || reservations.stream().anyMatch(own -> own.hasRelayIds() || own.isForClass());
    }

    private static List<List<Pool>> tiers(List<Pool> pools) {
        NavigableMap<Pool, List<Pool>> tiers = new TreeMap<>(Pool.MOST_SPECIFIC);
        pools.forEach(
                pool -> tiers.computeIfAbsent(pool, first -> new ArrayList<>()).add(pool));
        return tiers.values().stream().map(List::copyOf).toList();
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

    /**
     * The pools, the most specific first; each list holds those that are equally specific, in the order of the file. A
     * client is served from the first in which it may have an address and one is left.
     */
    public List<List<Pool>> tiers() {
        return tiers;
    }

    /** Whether it matters to a client of this link where it is and what it is: else all are treated alike. */
    public boolean isSelective() {
        return selective;
    }

    /** Every reservation of the link. */
    public Iterable<Reservation> reservations() {
        return reservations.all();
    }

    /** Every class of the configuration, in the order of the file. */
    public List<ClientClass> classes() {
        return classes;
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
        return reservations.at(address);
    }

    /** The reservation of a client: by client identifier, then MAC, then relay ids; null when it has none. */
    public @Nullable Reservation reservationFor(ClientTraits client) {
        return reservations.of(client);
    }

    /** The terms on which a client has a dynamic address of a pool. */
    public Terms termsOf(Pool pool, ClientTraits client) {
        return classesWithTerms.isEmpty() ? pool.terms() : pool.layers().with(membersScope(client));
    }

    /** The terms on which a client has its reserved address. */
    public Terms termsOf(Reservation reservation, ClientTraits client) {
        return classesWithTerms.isEmpty()
                ? reservation.terms()
                : reservation.layers().with(membersScope(client));
    }

    /** The terms for a client that has an address of its own in a subnet. */
    public Terms termsOf(Subnet subnet, ClientTraits client) {
        return classesWithTerms.isEmpty() ? subnet.terms() : subnet.layers().with(membersScope(client));
    }

    /** What the classes of a client say; where several say it, the first in the file; null for nothing. */
    private @Nullable OptionScope membersScope(ClientTraits client) {
        OptionScope scope = null;
        for (ClientClass candidate : classesWithTerms) {
            if (candidate.admits(client)) {
                OptionScope own = candidate.config().scope();
                scope = scope == null ? own : own.overriddenBy(scope);
            }
        }
        return scope;
    }

    /** The longest lease time that is given here, in seconds. */
    long longestLeaseTime() {
        Stream<OptionScope> plain = Stream.of(
                        subnets.stream().map(Subnet::terms),
                        pools.stream().map(Pool::terms),
                        StreamSupport.stream(reservations.all().spliterator(), false)
                                .map(Reservation::terms))
                .flatMap(terms -> terms.map(Terms::scope));
        Stream<OptionScope> ofClasses =
                classesWithTerms.stream().map(each -> each.config().scope());
        return Stream.concat(plain, ofClasses)
                .map(OptionScope::leaseTime)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElse(Terms.DEFAULT_LEASE_TIME);
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

    /** The virtual network that all its subnets are part of (RFC 6607). */
    public VpnId vpn() {
        return Objects.requireNonNullElse(subnets.get(0).config().vss(), VpnId.GLOBAL);
    }

    /** The subnet whose configuration says how the clients of the link authenticate, or null when nobody is asked. */
    public @Nullable Subnet authenticating() {
        for (Subnet subnet : subnets) {
            if (subnet.config().authentication() != null) {
                return subnet;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return id;
    }
}
