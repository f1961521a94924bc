package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.LeasequeryConfig;
import io.athena.dhcpd.core.config.MatchConfig;
import io.athena.dhcpd.core.config.MatchKey;
import io.athena.dhcpd.core.config.OptionScope;
import io.athena.dhcpd.core.config.PoolConfig;
import io.athena.dhcpd.core.config.ReservationConfig;
import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.config.SubnetConfig;
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

/** Draws configurations of one shared network: pools that grow, shrink, move and overlap, reservations, a second subnet. */
final class Landscape {

    static final Ipv4 SERVER = Ipv4.parse("10.0.0.2");
    private static final Ipv4 FIRST = Ipv4.parse("10.0.0.0");
    private static final Ipv4 SECOND = Ipv4.parse("10.0.1.0");
    private static final long[] LEASE_TIMES = {8, 60, 600, 3600};

    private final Random random;
    private final List<SimClient> clients;

    Landscape(Random random, List<SimClient> clients) {
        this.random = random;
        this.clients = clients;
    }

    /** Any address that a client might think of: near the pools, the router, the ends of the subnets, elsewhere. */
    Ipv4 anyAddress() {
        return switch (random.nextInt(12)) {
            case 0 -> FIRST.plus(random.nextInt(3));
            case 1 -> FIRST.plus(255);
            case 2 -> Ipv4.parse("192.0.2.7");
            case 3, 4, 5 -> SECOND.plus(random.nextInt(40));
            default -> FIRST.plus(random.nextInt(40));
        };
    }

    Topology draw() {
        List<SubnetConfig> subnets = new ArrayList<>();
        subnets.add(subnet(FIRST, reservations()));
        if (random.nextInt(4) > 0) {
            subnets.add(subnet(SECOND, List.of()));
        }
        return TopologyCompiler.compile(config(subnets), List.of(SERVER));
    }

    private SubnetConfig subnet(Ipv4 network, List<ReservationConfig> reservations) {
        OptionSet.Builder options = OptionSet.builder().put(3, network.plus(1).toBytes());
        if (random.nextInt(4) == 0) {
            options.put(108, new byte[] {0, 0, 0, 60});
        }
        if (random.nextBoolean()) {
            options.put(116, new byte[] {0});
        }
        List<PoolConfig> pools = new ArrayList<>();
        pools.add(pool(network, random.nextInt(12), random.nextInt(12), false));
        if (random.nextBoolean()) {
            pools.add(pool(network, 8 + random.nextInt(16), random.nextInt(10), random.nextBoolean()));
        }
        if (random.nextInt(3) == 0) {
            pools.add(0, poolOfSome(network));
        }
        return new SubnetConfig(
                1,
                new Cidr(network, 24),
                "site",
                new OptionScope(options.build(), LEASE_TIMES[random.nextInt(LEASE_TIMES.length)], null, null),
                pools,
                reservations,
                false,
                random.nextBoolean(),
                false,
                null,
                List.of(),
                null,
                null);
    }

    private static PoolConfig pool(Ipv4 network, int from, int more, boolean bootp) {
        return pool(network, from, more, bootp, MatchConfig.ANY);
    }

    /** For one machine or one port. It comes and goes with reloads, and whoever had an address there then has no right to it. */
    private PoolConfig poolOfSome(Ipv4 network) {
        Map<MatchKey, String> pattern = random.nextBoolean()
                ? Map.of(MatchKey.MAC, "*:0" + random.nextInt(10))
                : Map.of(MatchKey.CIRCUIT_ID, "p" + random.nextInt(SimClient.PORTS));
        MatchConfig match = new MatchConfig(pattern, null);
        return pool(network, random.nextInt(24), random.nextInt(4), random.nextBoolean(), match);
    }

    private static PoolConfig pool(Ipv4 network, int from, int more, boolean bootp, MatchConfig match) {
        AddressRange range = new AddressRange(network.plus(from), network.plus(from + more));
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
            reservations.add(new ReservationConfig(
                    1,
                    FIRST.plus(6 + 3 * client.machine),
                    byId ? List.of() : List.of(client.mac),
                    byId ? client.clientId : null,
                    null,
                    null,
                    null,
                    null,
                    OptionScope.EMPTY,
                    null));
        }
        return reservations;
    }

    private static AthenaConfig config(List<SubnetConfig> subnets) {
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
                server, OptionScope.EMPTY, subnets, List.of(), new LeasequeryConfig(false, List.of()), Map.of());
    }
}
