package io.athena.dhcpd.api.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MeterBridgeTest {

    private final Meters meters = new Meters();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MeterBridge bridge = new MeterBridge(meters);

    @BeforeEach
    void bind() {
        meters.counter(DhcpMeter.PACKETS_RECEIVED, "discover").add(3);
        bridge.bindTo(registry);
    }

    @Test
    void aCounterThatWasThereBeforeTheRegistryShowsItsValue() {
        meters.counter(DhcpMeter.PACKETS_RECEIVED, "discover").increment();

        assertThat(registry.scrape()).contains("athena_dhcpd_packets_received_total{type=\"discover\"} 4.0");
    }

    @Test
    void aSeriesThatAppearsLaterShowsAfterARefresh() {
        meters.counter(DhcpMeter.PACKETS_DROPPED, "bad_cookie").increment();
        bridge.refresh();

        assertThat(registry.scrape()).contains("athena_dhcpd_packets_dropped_total{reason=\"bad_cookie\"} 1.0");
    }

    @Test
    void aTimerShowsHowOftenAndHowLong() {
        meters.timer(DhcpMeter.JOURNAL_COMMIT).record(TimeUnit.MILLISECONDS.toNanos(1500));
        bridge.refresh();

        assertThat(registry.scrape())
                .contains("athena_dhcpd_journal_commit_seconds_count 1")
                .contains("athena_dhcpd_journal_commit_seconds_sum 1.5");
    }

    @Test
    void theNamesOfTheConflictMetersAreThoseThatDashboardsKnow() {
        meters.gauge(DhcpMeter.CONFLICTS_ACTIVE, () -> 2, "10.0.0.0/24");
        meters.gauge(DhcpMeter.CONFLICTS_PERMANENT, () -> 1, "10.0.0.0/24");
        meters.counter(DhcpMeter.CONFLICTS_RESOLVED, "hold_expired");
        meters.counter(DhcpMeter.CONFLICTS_RESOLVED, "manual_clear").increment();
        meters.counter(DhcpMeter.CONFLICT_DECLINES, "10.0.0.0/24").increment();
        meters.counter(DhcpMeter.CONFLICTS_UNRECORDED, "10.0.0.0/24");
        meters.counter(DhcpMeter.CONFLICT_PROBES, "arp", "clear").add(5);
        meters.timer(DhcpMeter.CONFLICT_PROBE_DURATION, "icmp").record(TimeUnit.MILLISECONDS.toNanos(500));
        meters.counter(DhcpMeter.PROBE_CACHE_HITS).add(6);
        meters.counter(DhcpMeter.PROBE_CACHE_MISSES).add(7);
        meters.counter(DhcpMeter.EVENT_BUFFER_DROPS).add(8);
        bridge.refresh();

        assertThat(registry.scrape())
                .contains("athena_dhcpd_conflict_probes_total{method=\"arp\",result=\"clear\"} 5.0")
                .contains("athena_dhcpd_conflict_probe_duration_seconds_sum{method=\"icmp\"} 0.5")
                .contains("athena_dhcpd_probe_cache_hits_total 6.0")
                .contains("athena_dhcpd_probe_cache_misses_total 7.0")
                .contains("athena_dhcpd_event_buffer_drops_total 8.0")
                .contains("athena_dhcpd_conflicts_active{subnet=\"10.0.0.0/24\"} 2.0")
                .contains("athena_dhcpd_conflicts_permanent{subnet=\"10.0.0.0/24\"} 1.0")
                .contains("athena_dhcpd_conflicts_resolved_total{method=\"hold_expired\"} 0.0")
                .contains("athena_dhcpd_conflicts_resolved_total{method=\"manual_clear\"} 1.0")
                .contains("athena_dhcpd_conflict_declines_total{subnet=\"10.0.0.0/24\"} 1.0")
                .contains("athena_dhcpd_conflicts_unrecorded_total{subnet=\"10.0.0.0/24\"} 0.0");
    }

    @Test
    void aGaugeFollowsItsNewestSourceAndGoesWhenItIsRemoved() {
        meters.gauge(DhcpMeter.LEASES, () -> 1, "active");
        bridge.refresh();
        meters.gauge(DhcpMeter.LEASES, () -> 2, "active");
        assertThat(registry.scrape()).contains("athena_dhcpd_leases{state=\"active\"} 2.0");

        meters.removeGauges(DhcpMeter.LEASES);
        bridge.refresh();
        assertThat(registry.scrape()).doesNotContain("athena_dhcpd_leases");

        meters.gauge(DhcpMeter.LEASES, () -> 3, "active");
        bridge.refresh();
        assertThat(registry.scrape()).contains("athena_dhcpd_leases{state=\"active\"} 3.0");
    }
}
