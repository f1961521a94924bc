package io.athena.dhcpd.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.ConfigProblem;
import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.ha.HaConfig.Role;
import io.athena.dhcpd.ha.HaConfig.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HaSectionTest {

    private static final String PRIMARY = """
            [ha]
            enabled = true
            role = "primary"
            peer_address = "10.0.0.2:6740"
            listen_address = "0.0.0.0:6741"
            heartbeat_interval = "500ms"
            failover_timeout = "5s"
            sync_batch_size = 7
            [ha.tls]
            cert_file = "/tls/server.crt"
            key_file = "/tls/server.key"
            ca_file = "/tls/ca.crt"
            """;

    @Test
    void withoutTheSectionThereIsNoPartner() {
        ConfigResult result = parse("");
        assertThat(result.problems()).isEmpty();
        assertThat(section(result))
                .isEqualTo(new HaConfig(
                        false,
                        Role.PRIMARY,
                        null,
                        HostPort.parse("0.0.0.0:6740"),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        100,
                        new Tls(true, null, null, null)));
        assertThat(section(result).refusesToServe()).isFalse();
    }

    @Test
    void aPrimaryServesAndIsToldThatItIsAlone() {
        ConfigResult result = parse(PRIMARY);
        assertThat(result.problems())
                .extracting(ConfigProblem::text)
                .containsExactly("high availability is checked but not acted on by this release");
        assertThat(section(result))
                .isEqualTo(new HaConfig(
                        true,
                        Role.PRIMARY,
                        HostPort.parse("10.0.0.2:6740"),
                        HostPort.parse("0.0.0.0:6741"),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(5),
                        7,
                        new Tls(true, Path.of("/tls/server.crt"), Path.of("/tls/server.key"), Path.of("/tls/ca.crt"))));
        assertThat(section(result).refusesToServe()).isFalse();
    }

    @Test
    void aSecondaryIsValidButRefusesToServe() {
        ConfigResult result = parse(PRIMARY.replace("\"primary\"", "\"secondary\""));
        assertThat(section(result).refusesToServe()).isTrue();
        assertThat(result.problems())
                .extracting(ConfigProblem::text)
                .containsExactly("this release has no link between two servers; as secondary it refuses to serve");
        assertThat(section(parse("[ha]\nrole = \"secondary\"\n")).refusesToServe())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "peer_address = \"10.0.0.2:6740\"   | peer_address = \"10.0.0.2\"      | peer_address: '10.0.0.2' is not host:port",
                "peer_address = \"10.0.0.2:6740\"   | peer_address = \"10.0.0.2:0\"    | peer_address: '10.0.0.2:0' is not host:port",
                "listen_address = \"0.0.0.0:6741\"  | listen_address = \"0.0.0.0:70000\" | listen_address: '0.0.0.0:70000' is not host:port",
                "role = \"primary\"                 | role = \"first\"                 | role: is 'first'",
                "failover_timeout = \"5s\"          | failover_timeout = \"900ms\"     | failover_timeout: one lost heartbeat would count as a dead partner",
                "role = \"primary\"                 | #                                | role: is missing",
                "ca_file = \"/tls/ca.crt\"          | #                                | tls.ca_file: is missing"
            })
    void mistakesAreReported(String line, String instead, String problem) {
        List<ConfigProblem> errors = parse(PRIMARY.replace(line, instead)).errors();
        assertThat(errors)
                .extracting(error -> error.path() + ": " + error.text())
                .containsExactly("ha." + problem);
    }

    private static ConfigResult parse(String text) {
        String head = "[server]\ninterface = \"eth0\"\n[[subnet]]\nnetwork = \"10.0.0.0/24\"\n";
        return TomlConfig.parse(head + text, Path.of("a.toml"), List.of(new HaSection()), StandardOptions.registry());
    }

    private static HaConfig section(ConfigResult result) {
        return Objects.requireNonNull(result.config()).section(HaConfig.class);
    }
}
