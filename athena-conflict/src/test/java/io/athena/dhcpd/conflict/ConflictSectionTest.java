package io.athena.dhcpd.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.conflict.ConflictConfig.LogLevel;
import io.athena.dhcpd.conflict.ConflictConfig.Strategy;
import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.option.StandardOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConflictSectionTest {

    @Test
    void withoutTheSectionProbingHasItsDefaults() {
        ConfigResult result = parse("");
        assertThat(result.problems()).isEmpty();
        assertThat(section(result))
                .isEqualTo(new ConflictConfig(
                        true,
                        Strategy.SEQUENTIAL,
                        Duration.ofMillis(500),
                        3,
                        3,
                        Duration.ofHours(1),
                        3,
                        Duration.ofSeconds(10),
                        false,
                        true,
                        false,
                        LogLevel.DEBUG));
    }

    @Test
    void everythingThatIsWrittenArrives() {
        ConfigResult result = parse("""
                [conflict_detection]
                enabled = false
                probe_strategy = "parallel"
                probe_timeout = "300ms"
                max_probes_per_discover = 16
                parallel_probe_count = 5
                conflict_hold_time = "8s"
                max_conflict_count = 2
                probe_cache_ttl = "0s"
                send_gratuitous_arp = true
                icmp_fallback = false
                probe_reservations = true
                probe_log_level = "info"
                """);
        assertThat(result.problems()).isEmpty();
        assertThat(section(result))
                .isEqualTo(new ConflictConfig(
                        false,
                        Strategy.PARALLEL,
                        Duration.ofMillis(300),
                        16,
                        5,
                        Duration.ofSeconds(8),
                        2,
                        Duration.ZERO,
                        true,
                        false,
                        true,
                        LogLevel.INFO));
    }

    @Test
    void askingForProbesIsNothingToWarnOf() {
        assertThat(parse("[conflict_detection]\nenabled = true\n").problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "probe_strategy = \"random\"   | is 'random'",
                "probe_timeout = \"5s\"        | is '5s', outside 10ms to 4s",
                "max_probes_per_discover = 17  | 17 is out of range",
                "parallel_probe_count = 0      | 0 is out of range",
                "max_conflict_count = 0        | 0 is out of range",
                "probe_timout = \"1s\"         | is not a known key of [conflict_detection]"
            })
    void mistakesAreReportedOnTheirLine(String line, String text) {
        ConfigResult result = parse("[conflict_detection]\nenabled = false\n" + line + "\n");
        assertThat(result.config()).isNull();
        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(7);
            assertThat(problem.text()).isEqualTo(text);
        });
    }

    private static ConfigResult parse(String text) {
        String head = "[server]\ninterface = \"eth0\"\n[[subnet]]\nnetwork = \"10.0.0.0/24\"\n";
        return TomlConfig.parse(
                head + text, Path.of("a.toml"), List.of(new ConflictSection()), StandardOptions.registry());
    }

    private static ConflictConfig section(ConfigResult result) {
        return Objects.requireNonNull(result.config()).section(ConflictConfig.class);
    }
}
