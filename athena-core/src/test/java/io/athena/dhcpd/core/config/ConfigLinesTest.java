package io.athena.dhcpd.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConfigLinesTest {

    private static final String TEXT = """
            [server]
            interface = "eth0"
            server_id = "10.0.0.1"

            [[subnet]]
            network = "10.0.0.0/24"
            routers = ["10.0.0.254"]
              [[subnet.option]]
              code = 224
              value = "c0ffee"
              [[subnet.pool]]
              range_start = "10.0.0.10"
              range_end = "10.0.0.20"
              lease_time = "1h"
              [[subnet.reservation]]
              ip = "10.0.0.5"
              mac = "02:00:00:00:00:01"

            [[class]]
            name = "phones"
            match_mac = "02:*"
            domain_name = "phones.example"
            """;

    private final ConfigResult read = ConfigFixtures.parse(TEXT);
    private final AthenaConfig config = Objects.requireNonNull(read.config());
    private final ConfigLines lines = Objects.requireNonNull(read.lines());
    private final SubnetConfig subnet = config.subnets().get(0);

    @Test
    void sectionsHaveTheLineOfTheirHeader() {
        assertThat(lines.of(config.server())).isEqualTo(1);
        assertThat(lines.of(subnet)).isEqualTo(5);
        assertThat(lines.of(subnet.pools().get(0))).isEqualTo(11);
        assertThat(lines.of(subnet.reservations().get(0))).isEqualTo(15);
        assertThat(lines.of(config.classes().get(0))).isEqualTo(19);
    }

    @Test
    void keysHaveTheirOwnLineAndAbsentOnesThatOfTheSection() {
        assertThat(lines.of(config.server(), "server_id")).isEqualTo(3);
        assertThat(lines.of(subnet.pools().get(0), "lease_time")).isEqualTo(14);
        assertThat(lines.of(subnet, "lease_time")).isEqualTo(5);
        assertThat(lines.sets(subnet, "lease_time")).isFalse();
        assertThat(lines.sets(subnet.pools().get(0), "lease_time")).isTrue();
    }

    @Test
    void optionsAreFoundByTheirKeyAndByTheirCode() {
        assertThat(lines.ofOption(subnet, 3)).isEqualTo(7);
        assertThat(lines.ofOption(subnet, 224)).isEqualTo(10);
        assertThat(lines.ofOption(config.classes().get(0), 15)).isEqualTo(22);
        assertThat(lines.ofOption(subnet, 6)).as("not set here").isEqualTo(5);
    }

    @Test
    void aSectionThatIsNotWrittenHasNoLine() {
        assertThat(lines.of(config.defaults())).isZero();
        assertThat(lines.of(config.defaults(), "lease_time")).isZero();
        assertThat(lines.ofOption(config.defaults(), 3)).isZero();
        assertThat(lines.sets(config.defaults(), "lease_time")).isFalse();
    }

    @Test
    void aConfigurationWithErrorsHasNoLines() {
        assertThat(ConfigFixtures.parse("[server]\ncolour = 1\n").lines()).isNull();
    }
}
