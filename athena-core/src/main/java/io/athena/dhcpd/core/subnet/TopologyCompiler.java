package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.MatchConfig;
import io.athena.dhcpd.core.config.OptionScope;
import io.athena.dhcpd.core.config.PoolConfig;
import io.athena.dhcpd.core.config.ReservationConfig;
import io.athena.dhcpd.core.config.SubnetConfig;
import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a configuration into a {@link Topology}: merges the scopes (defaults, subnet, pool, reservation), compiles matches, groups
 * subnets into links and settles who owns an address where subnets or pools overlap: the narrower subnet, then the
 * first pool.
 */
public final class TopologyCompiler {

    private static final int SUBNET_MASK = 1;
    private static final int ROUTER = 3;
    private static final int HOSTNAME = 12;
    private static final int BROADCAST_ADDRESS = 28;

    private final AthenaConfig config;
    private final Set<Ipv4> ownAddresses;
    private final Map<String, ClientClass> classes = new LinkedHashMap<>();
    private final Map<SubnetConfig, Subnet> subnets = new LinkedHashMap<>();

    private TopologyCompiler(AthenaConfig config, Collection<Ipv4> ownAddresses) {
        this.config = config;
        this.ownAddresses = new HashSet<>(ownAddresses);
    }

    /**
     * Compiles a checked configuration.
     *
     * @param config what the file says
     * @param ownAddresses addresses of this machine, which no client may be given
     */
    public static Topology compile(AthenaConfig config, Collection<Ipv4> ownAddresses) {
        return new TopologyCompiler(config, ownAddresses).compile();
    }

    private Topology compile() {
        if (config.server().serverId() != null) {
            ownAddresses.add(config.server().serverId());
        }
        if (config.server().bindAddress() != null) {
            ownAddresses.add(config.server().bindAddress());
        }
        config.classes().forEach(each -> classes.put(each.name(), new ClientClass(each)));
        config.subnets()
                .forEach(subnet ->
                        subnets.put(subnet, new Subnet(subnet, membersOf(subnet.clientClass()), subnetTerms(subnet))));
        List<Subnet> narrowestFirst = subnets.values().stream()
                .sorted(Comparator.comparingInt(subnet -> -subnet.network().prefix()))
                .toList();
        IntervalMap.Builder<Subnet> bySubnet = IntervalMap.builder();
        narrowestFirst.forEach(subnet -> bySubnet.add(whole(subnet), subnet));
        IntervalMap<Subnet> subnetOf = bySubnet.build();
        IntervalMap<PoolConfig> poolOwners = poolOwners(narrowestFirst);

        Map<String, List<Subnet>> grouped = new LinkedHashMap<>();
        for (Subnet subnet : subnets.values()) {
            grouped.computeIfAbsent(linkId(subnet.config()), id -> new ArrayList<>())
                    .add(subnet);
        }
        List<Link> links = new ArrayList<>();
        grouped.forEach((id, members) -> links.add(link(id, members, subnetOf, poolOwners)));
        return new Topology(links, subnetOf);
    }

    private static String linkId(SubnetConfig subnet) {
        return subnet.sharedNetwork() != null
                ? subnet.sharedNetwork()
                : subnet.network().toString();
    }

    /** A narrower subnet takes its whole range out of a wider one's pools, whether it has a pool there or not. */
    private IntervalMap<PoolConfig> poolOwners(List<Subnet> narrowestFirst) {
        PoolConfig nobody =
                new PoolConfig(0, new AddressRange(Ipv4.ANY, Ipv4.ANY), OptionScope.EMPTY, MatchConfig.ANY, false);
        IntervalMap.Builder<PoolConfig> owners = IntervalMap.builder();
        for (Subnet subnet : narrowestFirst) {
            subnet.config().pools().forEach(pool -> owners.add(pool.range(), pool));
            owners.add(whole(subnet), nobody);
        }
        return owners.build();
    }

    private Link link(
            String id, List<Subnet> members, IntervalMap<Subnet> subnetOf, IntervalMap<PoolConfig> poolOwners) {
        List<Pool> pools = new ArrayList<>();
        List<Reservation> reservations = new ArrayList<>();
        Set<Ipv4> forbidden = new HashSet<>(ownAddresses);
        IntervalMap.Builder<Pool> poolOf = IntervalMap.builder();
        for (Subnet subnet : members) {
            for (PoolConfig pool : subnet.config().pools()) {
                Pool compiled = new Pool(pools.size(), subnet, pool, poolOwners.rangesOf(pool), clients(subnet, pool));
                pools.add(compiled);
                compiled.owned().forEach(range -> poolOf.add(range, compiled));
                addRouters(compiled.terms().scope(), forbidden);
            }
            addRouters(subnet.terms().scope(), forbidden);
        }
        IntervalMap<Pool> owners = poolOf.build();
        for (Subnet subnet : members) {
            for (ReservationConfig reservation : subnet.config().reservations()) {
                Pool around = owners.get(reservation.ip());
                OptionScope outer = around == null || around.subnet() != subnet
                        ? OptionScope.EMPTY
                        : around.config().scope();
                Selector clients = subnet.clients().and(membersOf(reservation.clientClass()));
                reservations.add(new Reservation(subnet, reservation, clients, reserved(outer, reservation)));
            }
        }
        classes.values().forEach(each -> addRouters(each.config().scope(), forbidden));
        return new Link(id, members, pools, reservations, List.copyOf(classes.values()), subnetOf, owners, forbidden);
    }

    /** Whom a pool is for: those that its subnet serves and that fit its own keys and the class it names. */
    private Selector clients(Subnet subnet, PoolConfig pool) {
        return subnet.clients().and(membersOf(pool.match().clientClass())).and(Selector.of(pool.match()));
    }

    private Selector membersOf(@Nullable String clientClass) {
        if (clientClass == null) {
            return Selector.EVERYBODY;
        }
        ClientClass named = classes.get(clientClass);
        if (named == null) {
            throw new IllegalArgumentException("there is no class '" + clientClass + "'");
        }
        return named.members();
    }

    private Terms subnetTerms(SubnetConfig subnet) {
        OptionSet derived = OptionSet.builder()
                .put(SUBNET_MASK, subnet.network().mask().toBytes())
                .put(BROADCAST_ADDRESS, subnet.network().broadcast().toBytes())
                .build();
        OptionScope merged = new OptionScope(derived, null, null, null)
                .overriddenBy(config.defaults())
                .overriddenBy(subnet.scope());
        return Terms.of(merged, subnet.alwaysSend());
    }

    /** What a reservation sets over its subnet's terms; {@code pool} is the scope of the pool around its address. */
    private static OptionScope reserved(OptionScope pool, ReservationConfig reservation) {
        OptionScope merged = pool;
        if (reservation.hostname() != null) {
            byte[] name = reservation.hostname().getBytes(StandardCharsets.US_ASCII);
            OptionSet hostname = OptionSet.builder().put(HOSTNAME, name).build();
            merged = merged.overriddenBy(new OptionScope(hostname, null, null, null));
        }
        return merged.overriddenBy(reservation.scope());
    }

    private static void addRouters(OptionScope scope, Set<Ipv4> forbidden) {
        byte[] routers = scope.options().get(ROUTER);
        for (int i = 0; routers != null && i + 4 <= routers.length; i += 4) {
            forbidden.add(Ipv4.of(routers, i));
        }
    }

    private static AddressRange whole(Subnet subnet) {
        return new AddressRange(subnet.network().network(), subnet.network().broadcast());
    }
}
