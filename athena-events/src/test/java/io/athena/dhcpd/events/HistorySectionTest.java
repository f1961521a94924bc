package io.athena.dhcpd.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.events.SyslogTarget.Facility;
import io.athena.dhcpd.events.SyslogTarget.Identity;
import io.athena.dhcpd.events.SyslogTarget.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistorySectionTest {

    @Test
    void withoutTheSectionNoHistoryIsKept() {
        ConfigResult result = parse("");
        assertThat(result.problems()).isEmpty();
        assertThat(section(result)).isEqualTo(new HistoryConfig(false, Duration.ofDays(90), null));
    }

    @Test
    void everythingThatIsWrittenArrives() {
        ConfigResult result = parse("""
                [history]
                enabled = true
                retention = "365d"
                [history.syslog]
                enabled = true
                server = "logs.example.net"
                transport = "tls"
                facility = "authpriv"
                sd_id = "lease@12345.6"
                tls_ca = "/ca.pem"
                tls_cert = "/cert.pem"
                tls_key = "/key.pem"
                """);
        assertThat(result.problems()).isEmpty();
        assertThat(section(result))
                .isEqualTo(new HistoryConfig(
                        true,
                        Duration.ofDays(365),
                        new SyslogTarget(
                                new HostPort("logs.example.net", 6514),
                                Transport.TLS,
                                Facility.AUTHPRIV,
                                "lease@12345.6",
                                Path.of("/ca.pem"),
                                new Identity(Path.of("/cert.pem"), Path.of("/key.pem")))));
    }

    @Test
    void aSyslogServerThatIsOffIsNotTold() {
        assertThat(section(parse("[history]\nenabled = true\n[history.syslog]\nserver = \"10.0.0.9\"\n"))
                        .syslog())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server = '10.0.0.9:0'|is not host:port",
                "transport = 'quic'|one of [udp, tcp, tls]",
                "facility = 'local8'|one of [kern, user",
                "sd_id = 'lease'|a private enterprise number",
                "sd_id = 'le ase@1'|a private enterprise number",
                "sd_id = 'le]ase@1'|a private enterprise number",
                "tls_cert = '/cert.pem'|is missing",
                "tls_ca = '/ca.pem'|has no effect without TLS",
                "enabled = true|is missing",
                "port = 514|is not a known key"
            })
    void whatIsWrongIsReportedWithItsLine(String line, String complaint) {
        ConfigResult result = parse("[history.syslog]\n" + line.replace('\'', '"') + "\n");
        assertThat(result.problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains(complaint));
    }

    @Test
    void aRetentionOfLessThanAMinuteIsRefused() {
        assertThat(parse("[history]\nretention = \"59s\"\n").errors()).hasSize(1);
    }

    private static HistoryConfig section(ConfigResult result) {
        return Objects.requireNonNull(result.config()).section(HistoryConfig.class);
    }

    private static ConfigResult parse(String text) {
        String minimal = "[server]\ninterface = \"eth0\"\n[[subnet]]\nnetwork = \"10.10.0.0/24\"\n";
        return TomlConfig.parse(
                minimal + text, Path.of("config.toml"), List.of(new HistorySection()), StandardOptions.registry());
    }
}
