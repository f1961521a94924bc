package io.athena.dhcpd.core.subnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.LeasequeryConfig;
import io.athena.dhcpd.core.config.MatchConfig;
import io.athena.dhcpd.core.config.OptionScope;
import io.athena.dhcpd.core.config.PoolConfig;
import io.athena.dhcpd.core.config.ReservationConfig;
import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.config.SubnetConfig;
import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.option.OptionSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyTest {

    private static final OptionScope NO_DEFAULTS = OptionScope.EMPTY;

    private static Ipv4 ip(String text) {
        return Ipv4.parse(text);
    }

    private static PoolConfig pool(String first, String last, OptionScope scope) {
        return new PoolConfig(1, new AddressRange(ip(first), ip(last)), scope, MatchConfig.ANY, false);
    }

    private static SubnetConfig subnet(String network, String shared, OptionScope scope, PoolConfig... pools) {
        return subnet(network, shared, scope, List.of(), pools);
    }

    private static SubnetConfig subnet(
            String network, String shared, OptionScope scope, List<ReservationConfig> reserved, PoolConfig... pools) {
        return new SubnetConfig(
                1,
                Cidr.parse(network),
                shared,
                scope,
                List.of(pools),
                reserved,
                false,
                false,
                false,
                null,
                List.of(),
                null,
                null);
    }

    private static OptionScope dns(String server, Long leaseTime) {
        OptionSet options = OptionSet.builder().put(6, ip(server).toBytes()).build();
        return new OptionScope(options, leaseTime, null, null);
    }

    private static Topology compile(OptionScope defaults, SubnetConfig... subnets) {
        ServerConfig server = new ServerConfig(
                List.of("eth0"),
                null,
                null,
                "info",
                Path.of("/x"),
                null,
                67,
                68,
                Duration.ofSeconds(60),
                Path.of("/x/s"),
                false,
                "n",
                1,
                null);
        AthenaConfig config = new AthenaConfig(
                server, defaults, List.of(subnets), List.of(), new LeasequeryConfig(false, List.of()), Map.of());
        return TopologyCompiler.compile(config, List.of());
    }

    @Test
    void subnetsOfASharedNetworkAreOneLinkAndOthersOneEach() {
        Topology topology = compile(
                NO_DEFAULTS,
                subnet("10.0.0.0/24", "campus", NO_DEFAULTS),
                subnet("10.1.0.0/24", null, NO_DEFAULTS),
                subnet("10.2.0.0/24", "campus", NO_DEFAULTS));
        assertThat(topology.links()).extracting(Link::id).containsExactly("campus", "10.1.0.0/24");
        assertThat(topology.linkOf(ip("10.2.0.9"))).isSameAs(topology.linkOf(ip("10.0.0.9")));
        assertThat(topology.linkOf(ip("10.3.0.9"))).isNull();
    }

    @Test
    void theNarrowerSubnetOwnsAnAddressAlsoInsideAWiderOnesPool() {
        Topology topology = compile(
                NO_DEFAULTS,
                subnet("10.0.0.0/16", null, NO_DEFAULTS, pool("10.0.0.10", "10.0.3.250", NO_DEFAULTS)),
                subnet("10.0.1.0/24", null, NO_DEFAULTS));
        Link wide = topology.linkOf(ip("10.0.0.10"));
        assertThat(topology.linkOf(ip("10.0.1.20")).id()).isEqualTo("10.0.1.0/24");
        assertThat(wide.poolOf(ip("10.0.1.20"))).isNull();
        assertThat(wide.pools().get(0).owned())
                .extracting(AddressRange::toString)
                .containsExactly("10.0.0.10-10.0.0.255", "10.0.2.0-10.0.3.250");
    }

    @Test
    void whereTwoPoolsOverlapTheFirstOwnsTheAddress() {
        Topology topology = compile(
                NO_DEFAULTS,
                subnet(
                        "10.0.0.0/24",
                        null,
                        NO_DEFAULTS,
                        pool("10.0.0.10", "10.0.0.20", NO_DEFAULTS),
                        pool("10.0.0.15", "10.0.0.30", NO_DEFAULTS)));
        Link link = topology.links().get(0);
        assertThat(link.poolOf(ip("10.0.0.15")).index()).isZero();
        assertThat(link.poolOf(ip("10.0.0.21")).index()).isEqualTo(1);
        assertThat(link.pools().get(1).owned())
                .extracting(AddressRange::toString)
                .containsExactly("10.0.0.21-10.0.0.30");
    }

    @Test
    void theMoreSpecificScopeWinsFromDefaultsToReservation() {
        ReservationConfig reserved = new ReservationConfig(
                1,
                ip("10.0.0.12"),
                List.of(MacAddress.parse("02:00:00:00:00:01")),
                null,
                null,
                null,
                "printer",
                null,
                dns("4.4.4.4", null),
                null);
        Topology topology = compile(
                dns("1.1.1.1", 100L),
                subnet(
                        "10.0.0.0/24",
                        null,
                        dns("2.2.2.2", 200L),
                        List.of(reserved),
                        pool("10.0.0.10", "10.0.0.20", dns("3.3.3.3", 300L))));
        Link link = topology.links().get(0);
        assertThat(link.subnets().get(0).terms().options().get(6)).isEqualTo(new byte[] {2, 2, 2, 2});
        assertThat(link.pools().get(0).terms().options().get(6)).isEqualTo(new byte[] {3, 3, 3, 3});
        Terms own = link.reservationAt(ip("10.0.0.12")).terms();
        assertThat(own.options().get(6)).isEqualTo(new byte[] {4, 4, 4, 4});
        assertThat(own.options().get(12)).asString().isEqualTo("printer");
        assertThat(own.leaseTime()).isEqualTo(300);
        assertThat(topology.longestLeaseTime()).isEqualTo(Terms.DEFAULT_LEASE_TIME);
    }

    @Test
    void maskAndBroadcastFollowFromTheSubnetUnlessConfigured() {
        OptionScope odd = new OptionScope(
                OptionSet.builder().put(28, ip("255.255.255.255").toBytes()).build(), null, null, null);
        Topology topology =
                compile(NO_DEFAULTS, subnet("10.0.0.0/22", null, NO_DEFAULTS), subnet("10.9.0.0/24", null, odd));
        OptionSet derived = topology.subnetOf(ip("10.0.1.1")).terms().options();
        assertThat(derived.get(1)).isEqualTo(ip("255.255.252.0").toBytes());
        assertThat(derived.get(28)).isEqualTo(ip("10.0.3.255").toBytes());
        assertThat(topology.subnetOf(ip("10.9.0.1")).terms().options().get(28))
                .isEqualTo(ip("255.255.255.255").toBytes());
    }

    @ParameterizedTest(name = "lease {0}, T1 {1}, T2 {2}")
    @CsvSource({
        "100,,,50,87",
        "100,40,80,40,80",
        "100,80,40,50,87",
        "100,40,100,50,87",
        "100,40,,50,87",
        "2,,,1,1",
        "4294967295,,,4294967295,4294967295",
        "4294967295,40,80,40,80"
    })
    void t1AndT2AreInOrderWhateverTheConfigurationSays(long lease, Long t1, Long t2, long expectedT1, long expectedT2) {
        LeaseTimes times = LeaseTimes.of(lease, t1, t2);
        assertThat(times).isEqualTo(new LeaseTimes(lease, expectedT1, expectedT2));
    }

    @ParameterizedTest(name = "asked for {0} of {1} gives {2}")
    @CsvSource({"-1,3600,3600", "600,3600,600", "7200,3600,3600", "1,3600,60", "1,8,8", "4294967295,3600,3600"})
    void aClientMayAskForLessTimeButNotForMore(long asked, long configured, long given) {
        Terms terms = Terms.of(new OptionScope(OptionSet.EMPTY, configured, null, null), List.of());
        assertThat(terms.leaseTimeFor(asked)).isEqualTo(given);
    }

    @Test
    void ownershipAgreesWithASimpleScanOverRandomOverlaps() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            IntervalMap.Builder<String> builder = IntervalMap.builder();
            List<AddressRange> added = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int first = random.nextInt(60);
                AddressRange range = new AddressRange(new Ipv4(first), new Ipv4(first + random.nextInt(20)));
                builder.add(range, String.valueOf(i));
                added.add(range);
            }
            IntervalMap<String> map = builder.build();
            for (int address = 0; address < 90; address++) {
                Ipv4 ip = new Ipv4(address);
                String owner = null;
                for (int i = 7; i >= 0; i--) {
                    owner = added.get(i).contains(ip) ? String.valueOf(i) : owner;
                }
                assertThat(map.get(ip)).isEqualTo(owner);
            }
        }
    }
}
