package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.engine.LinkStats;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.subnet.Topology;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Gauges by subnet, from before the first conflict to after a reload. */
class StatsBoardTest {

    private final Meters meters = new Meters();
    private final StatsBoard board = new StatsBoard(meters);

    private static Topology topology(String... networks) {
        StringBuilder toml = new StringBuilder("[server]\ninterface = \"lo\"\nlease_db = \"/nowhere\"\n");
        for (String network : networks) {
            toml.append("[[subnet]]\nnetwork = \"").append(network).append("\"\nshared_network = \"both\"\n");
        }
        return TopologyCompiler.compile(
                Objects.requireNonNull(
                        TomlConfig.parse(toml.toString(), Path.of("/x.toml"), List.of(), StandardOptions.registry())
                                .config()),
                List.of());
    }

    private long gauge(DhcpMeter meter, String subnet) {
        return meters.gauges().get(new Meters.Series(meter, List.of(subnet))).getAsLong();
    }

    @Test
    void everySubnetHasItsSeriesAtZeroFromTheStart() {
        board.show(topology("10.0.0.0/24", "10.0.1.0/24"));
        assertThat(gauge(DhcpMeter.CONFLICTS_ACTIVE, "10.0.0.0/24")).isZero();
        assertThat(gauge(DhcpMeter.CONFLICTS_PERMANENT, "10.0.1.0/24")).isZero();
        assertThat(meters.counters().keySet())
                .contains(
                        new Meters.Series(DhcpMeter.CONFLICT_DECLINES, List.of("10.0.0.0/24")),
                        new Meters.Series(DhcpMeter.CONFLICTS_UNRECORDED, List.of("10.0.1.0/24")),
                        new Meters.Series(DhcpMeter.CONFLICTS_RESOLVED, List.of("hold_expired")),
                        new Meters.Series(DhcpMeter.CONFLICTS_RESOLVED, List.of("manual_clear")));
    }

    @Test
    void eachSubnetOfALinkShowsItsOwnConflicts() {
        Topology topology = topology("10.0.0.0/24", "10.0.1.0/24");
        board.show(topology);
        board.post(new LinkStats(
                topology.links().get(0).id(),
                Map.of(),
                0,
                5,
                List.of(),
                List.of(
                        new LinkStats.SubnetConflicts("10.0.0.0/24", 3, 1),
                        new LinkStats.SubnetConflicts("10.0.1.0/24", 2, 0))));
        assertThat(gauge(DhcpMeter.CONFLICTS_ACTIVE, "10.0.0.0/24")).isEqualTo(3);
        assertThat(gauge(DhcpMeter.CONFLICTS_PERMANENT, "10.0.0.0/24")).isEqualTo(1);
        assertThat(gauge(DhcpMeter.CONFLICTS_ACTIVE, "10.0.1.0/24")).isEqualTo(2);
        board.show(topology("10.0.1.0/24"));
        assertThat(meters.gauges())
                .doesNotContainKey(new Meters.Series(DhcpMeter.CONFLICTS_ACTIVE, List.of("10.0.0.0/24")));
    }
}
