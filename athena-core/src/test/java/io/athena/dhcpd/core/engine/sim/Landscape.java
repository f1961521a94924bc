package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.ClassConfig;
import io.athena.dhcpd.core.config.LeasequeryConfig;
import io.athena.dhcpd.core.config.MatchConfig;
import io.athena.dhcpd.core.config.MatchKey;
import io.athena.dhcpd.core.config.OptionScope;
import io.athena.dhcpd.core.config.PoolConfig;
import io.athena.dhcpd.core.config.ReservationConfig;
import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.config.SubnetConfig;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.subnet.Topology;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Draws configurations of one shared network: pools that grow, shrink, move and overlap, reservations, a second subnet,
 * and classes that any of them may be for.
 */
final class Landscape {

    static final Ipv4 SERVER = Ipv4.parse("10.0.0.2");

    /** The longest that any lease lasts. */
    static final long LONGEST = 3600;

    private static final Ipv4 FIRST = Ipv4.parse("10.0.0.0");
    private static final long[] LEASE_TIMES = {8, 60, 600, LONGEST};
    private static final int FIRST_OF_CLASS = 30;

    private final Random random;
    private final List<SimClient> clients;
    private final int scale;
    private final int prefix;
    private final Ipv4 second;
    private List<ClassConfig> classes = List.of();

    Landscape(Random random, List<SimClient> clients, boolean wide) {
        this.random = random;
        this.clients = clients;
        this.scale = wide ? 24 : 1;
        this.prefix = wide ? 20 : 24;
        this.second = FIRST.plus(1 << (32 - prefix));
    }

    /** Any address that a client might think of: near the pools, the router, the ends of the subnets, elsewhere. */
    Ipv4 anyAddress() {
        return switch (random.nextInt(12)) {
            case 0 -> FIRST.plus(random.nextInt(3));
            case 1 -> FIRST.plus(255);
            case 2 -> Ipv4.parse("192.0.2.7");
            case 3, 4, 5 -> second.plus(random.nextInt(40 * scale));
            default -> FIRST.plus(random.nextInt(40 * scale));
        };
    }

    private Cidr networkOf(Ipv4 address) {
        return new Cidr(new Ipv4(address.bits() & -1 << 32 - prefix), prefix);
    }

    /** A lease of somewhere else, of a client that has no place. */
    Lease imported(SimClient client, Ipv4 address, long start) {
        return new Lease(
                address,
                LeaseState.ACTIVE,
                client.key,
                client.mac,
                client.clientId,
                null,
                "host.example",
                start,
                start + random.nextInt(2000),
                networkOf(address),
                null,
                Ipv4.ANY,
                null,
                null,
                null,
                null,
                start,
                start,
                null);
    }

    Topology draw() {
        classes = classes();
        List<SubnetConfig> subnets = new ArrayList<>();
        subnets.add(subnet(FIRST, reservations(), random.nextInt(12) == 0 ? anyClass() : null));
        if (random.nextInt(4) > 0) {
            subnets.add(subnet(second, List.of(), random.nextInt(4) == 0 ? anyClass() : null));
        }
        return TopologyCompiler.compile(config(subnets), List.of(SERVER));
    }

    // --- classes --------------------------------------------------------------------------------------------------

    /** Up to three; some give their members other lease times. Every reload changes what they stand for. */
    private List<ClassConfig> classes() {
        List<ClassConfig> drawn = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            OptionScope scope = random.nextBoolean() ? OptionScope.EMPTY : scope(OptionSet.EMPTY);
            drawn.add(new ClassConfig(1, "class-" + i, new MatchConfig(patterns(), null), scope));
        }
        return drawn;
    }

    private Map<MatchKey, String> patterns() {
        Map<MatchKey, String> kind = Map.of(MatchKey.VENDOR_CLASS, random.nextBoolean() ? "boot*" : "*7");
        return switch (random.nextInt(5)) {
            case 0 -> Map.of(MatchKey.MAC, "*:0" + random.nextInt(10));
            case 1 -> Map.of(MatchKey.CIRCUIT_ID, "p" + random.nextInt(SimClient.PORTS));
            case 2 -> Map.of(MatchKey.CIRCUIT_ID, "p?", MatchKey.VENDOR_CLASS, "boot*");
            default -> kind;
        };
    }

    private @Nullable String anyClass() {
        return classes.isEmpty()
                ? null
                : classes.get(random.nextInt(classes.size())).name();
    }

    // --- subnets, pools, reservations -----------------------------------------------------------------------------

    private SubnetConfig subnet(Ipv4 network, List<ReservationConfig> reservations, @Nullable String clientClass) {
        OptionSet.Builder options = OptionSet.builder().put(3, network.plus(1).toBytes());
        if (random.nextInt(4) == 0) {
            options.put(108, new byte[] {0, 0, 0, 60});
        }
        if (random.nextBoolean()) {
            options.put(116, new byte[] {0});
        }
        List<PoolConfig> pools = new ArrayList<>();
        pools.add(pool(network, random.nextInt(12), random.nextInt(12), false, MatchConfig.ANY));
        if (random.nextBoolean()) {
            boolean bootp = random.nextBoolean();
            pools.add(pool(network, 8 + random.nextInt(16), random.nextInt(10), bootp, MatchConfig.ANY));
        }
        if (random.nextBoolean()) {
            pools.add(0, poolOfSome(network));
        }
        return new SubnetConfig(
                1,
                new Cidr(network, prefix),
                "site",
                scope(options.build()),
                pools,
                reservations,
                false,
                random.nextBoolean(),
                false,
                null,
                List.of(),
                clientClass,
                null);
    }

    private OptionScope scope(OptionSet options) {
        return new OptionScope(options, LEASE_TIMES[random.nextInt(LEASE_TIMES.length)], null, null);
    }

    /** For some: by key, by class or both. It comes and goes with reloads; who had an address there may lose its right. */
    private PoolConfig poolOfSome(Ipv4 network) {
        String clientClass = random.nextInt(3) > 0 ? anyClass() : null;
        boolean keys = clientClass == null || random.nextInt(4) == 0;
        MatchConfig match = new MatchConfig(keys ? patterns() : Map.of(), clientClass);
        return pool(network, random.nextInt(24), random.nextInt(4), random.nextBoolean(), match);
    }

    private PoolConfig pool(Ipv4 network, int from, int more, boolean bootp, MatchConfig match) {
        AddressRange range = new AddressRange(network.plus(from * scale), network.plus((from + more) * scale));
        return new PoolConfig(from + more, range, OptionScope.EMPTY, match, bootp);
    }

    /** Machine n has the address 6 + 3 n, whether a pool is there or not; both identities of a machine match. */
    private List<ReservationConfig> reservations() {
        List<ReservationConfig> reservations = new ArrayList<>();
        for (SimClient client : clients) {
            if (client.machine >= 6 || client.isSecondIdentity() || random.nextBoolean()) {
                continue;
            }
            boolean byId = client.clientId != null && client.machine % 2 == 1;
            reservations.add(
                    reservation(client, 6 + 3 * client.machine, byId, random.nextInt(4) == 0 ? anyClass() : null));
            String other = anyClass();
            if (!byId && other != null && random.nextInt(4) == 0) {
                reservations.add(reservation(client, FIRST_OF_CLASS + client.machine, false, other));
            }
        }
        return reservations;
    }

    private static ReservationConfig reservation(SimClient client, int at, boolean byId, @Nullable String clientClass) {
        return new ReservationConfig(
                1,
                FIRST.plus(at),
                byId ? List.of() : List.of(client.mac),
                byId ? client.clientId : null,
                null,
                null,
                null,
                null,
                OptionScope.EMPTY,
                clientClass);
    }

    private AthenaConfig config(List<SubnetConfig> subnets) {
        ServerConfig server = new ServerConfig(
                List.of("eth0"),
                null,
                null,
                "info",
                Path.of("/nowhere"),
                null,
                67,
                68,
                Duration.ofSeconds(60),
                Path.of("/nowhere/control.sock"),
                false,
                "node-a",
                1000,
                null);
        return new AthenaConfig(
                server, OptionScope.EMPTY, subnets, classes, new LeasequeryConfig(false, List.of()), Map.of());
    }
}
