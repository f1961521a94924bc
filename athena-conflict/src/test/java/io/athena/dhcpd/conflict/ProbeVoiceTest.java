package io.athena.dhcpd.conflict;

import static io.athena.dhcpd.conflict.ProbeRig.ETH0;
import static io.athena.dhcpd.conflict.ProbeRig.SQUATTER;
import static io.athena.dhcpd.conflict.ProbeRig.arpFrom;
import static io.athena.dhcpd.conflict.ProbeRig.config;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.athena.dhcpd.conflict.ConflictConfig.LogLevel;
import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.SubnetConfig;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.engine.ProbeResult.Outcome;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.option.StandardOptions;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a prober says: announcements to the network, lines and numbers to the operator. */
class ProbeVoiceTest {

    private static final String LOCAL = "10.0.0.42";

    @Test
    void aNewLeaseIsAnnouncedInTheNameOfItsClient() {
        ProbeRig rig = new ProbeRig(config(true, 500, true, true, LogLevel.DEBUG));
        rig.prober.announce(Ipv4.parse(LOCAL), MacAddress.parse("00:0b:82:01:fc:42"));
        rig.prober.turn();

        assertThat(rig.arp(ETH0).sent()).singleElement().satisfies(sent -> assertThat(
                        HexFormat.of().formatHex(sent.bytes()))
                .isEqualTo("ffffffffffff" + "020000000010" + "0806"
                        + "0001" + "0800" + "06" + "04" + "0001"
                        + "000b8201fc42" + "0a00002a" + "ffffffffffff" + "0a00002a"));
    }

    @Test
    void onlyWhatIsWantedAttachedAndEthernetIsAnnounced() {
        ProbeRig rig = new ProbeRig(config(true, 500, true, true, LogLevel.DEBUG));
        rig.prober.announce(Ipv4.parse("192.0.2.42"), SQUATTER);
        rig.prober.announce(Ipv4.parse(LOCAL), MacAddress.of(32, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
        rig.prober.announce(Ipv4.parse(LOCAL), MacAddress.of(6, new byte[] {1, 2, 3, 4, 5, 6}));
        rig.prober.turn();
        rig.prober.reconfigure(config(true, 500, false, true, LogLevel.DEBUG));
        rig.prober.announce(Ipv4.parse(LOCAL), SQUATTER);
        rig.prober.turn();

        assertThat(rig.sockets.opened()).isEmpty();
    }

    @Test
    void anAnnouncementThatCannotBeSentIsSaidOnceAMinute() {
        ProbeRig rig = new ProbeRig(config(true, 500, true, true, LogLevel.DEBUG));
        rig.sockets.refuseOpening(19);
        try (LogLines lines = new LogLines(Prober.class)) {
            for (int i = 0; i < 10; i++) {
                rig.prober.announce(Ipv4.parse(LOCAL), SQUATTER);
                rig.prober.turn();
            }
            assertThat(lines.of(Level.WARN)).singleElement().asString().contains(LOCAL);
        }
    }

    @Test
    void eachResultIsOneLineAtTheLevelThatIsConfigured() {
        ProbeRig rig = new ProbeRig(config(true, 500, false, true, LogLevel.INFO));
        try (LogLines lines = new LogLines(Prober.class)) {
            rig.probe(LOCAL);
            rig.arp(ETH0).arrive(arpFrom(SQUATTER, LOCAL));
            rig.pass(2);
            rig.probe("192.0.2.42");
            rig.pass(500);

            assertThat(lines.of(Level.INFO))
                    .containsExactly(
                            "probed [ip=\"10.0.0.42\", method=\"arp\", result=\"conflict\", ms=\"2.0\","
                                    + " mac=\"02:00:00:00:00:99\"]",
                            "probed [ip=\"192.0.2.42\", method=\"icmp\", result=\"clear\", ms=\"500.0\"]");
            assertThat(lines.of(Level.DEBUG)).isEmpty();
        }
    }

    @Test
    void whatCannotBeSentIsAWarningOnceAMinute() {
        ProbeRig rig = new ProbeRig();
        rig.sockets.refuseOpening(19);
        try (LogLines lines = new LogLines(Prober.class)) {
            for (int i = 2; i < 100; i++) {
                rig.probe("10.0.0." + i);
            }
            assertThat(lines.of(Level.WARN)).singleElement().asString().contains("eth0");
        }
    }

    @Test
    void resultsAndDurationsAreCounted() {
        ProbeRig rig = new ProbeRig();
        rig.probe(LOCAL);
        rig.probe("192.0.2.42");
        rig.arp(ETH0).arrive(arpFrom(SQUATTER, LOCAL));
        rig.pass(100);
        rig.sockets.echo().lose(1);
        rig.pass(400);
        rig.sockets.echo().refuse(101);
        rig.probe("192.0.2.43");

        assertThat(rig.counted("arp", Outcome.CONFLICT)).isEqualTo(1);
        assertThat(rig.counted("icmp", Outcome.TIMEOUT)).isEqualTo(1);
        assertThat(rig.counted("icmp", Outcome.ERROR)).isEqualTo(1);
        var arp = rig.meters.timer(DhcpMeter.CONFLICT_PROBE_DURATION, "arp");
        assertThat(arp.count()).isEqualTo(1);
        assertThat(arp.totalNanos()).isEqualTo(100_000_000);
        var icmp = rig.meters.timer(DhcpMeter.CONFLICT_PROBE_DURATION, "icmp");
        assertThat(icmp.count()).isEqualTo(1);
        assertThat(icmp.totalNanos()).isEqualTo(500_000_000);
    }

    @Test
    void aSubnetThatArpDoesNotReachIsNamedOnce() {
        List<SubnetConfig> subnets = subnets("""
                [[subnet]]
                network = "10.0.0.0/24"
                [[subnet]]
                network = "10.1.4.0/24"
                [[subnet]]
                network = "172.16.0.0/24"
                [[subnet]]
                network = "10.0.0.0/16"
                [[subnet]]
                network = "172.17.0.0/24"
                vss = "red"
                """);
        ProbeRig rig = new ProbeRig();
        try (LogLines lines = new LogLines(Prober.class)) {
            rig.prober.explain(subnets);
            rig.prober.explain(subnets);
            assertThat(lines.of(Level.INFO))
                    .hasSize(3)
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .contains("172.16.0.0/24")
                                    .contains("ICMP echo, which hosts and firewalls may drop"),
                            line -> assertThat(line).contains("10.0.0.0/16").contains("ICMP echo"),
                            line -> assertThat(line).contains("172.17.0.0/24").contains("not probed at all"));

            rig.prober.reconfigure(config(true, 500, false, false, LogLevel.DEBUG));
            rig.prober.explain(subnets);
            assertThat(lines.of(Level.INFO))
                    .hasSize(5)
                    .element(3)
                    .asString()
                    .contains("172.16.0.0/24")
                    .contains("not probed at all");
        }
    }

    @Test
    void nothingIsSaidOfSubnetsWhereNobodyWantsProbes() {
        ProbeRig rig = new ProbeRig(config(false, 500, false, true, LogLevel.DEBUG));
        try (LogLines lines = new LogLines(Prober.class)) {
            rig.prober.explain(subnets("""
                    [[subnet]]
                    network = "172.16.0.0/24"
                    """));
            assertThat(lines.of(Level.INFO)).isEmpty();
        }
    }

    private static List<SubnetConfig> subnets(String toml) {
        ConfigResult result = TomlConfig.parse(
                "[server]\ninterface = \"eth0\"\n" + toml, Path.of("test.toml"), List.of(), StandardOptions.registry());
        return Objects.requireNonNull(result.config(), () -> result.problems().toString())
                .subnets();
    }
}
