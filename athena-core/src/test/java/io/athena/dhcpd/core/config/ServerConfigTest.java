package io.athena.dhcpd.core.config;

import static io.athena.dhcpd.core.config.ConfigFixtures.problems;
import static io.athena.dhcpd.core.config.ConfigFixtures.valid;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.net.Ipv4;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerConfigTest {

    private static final String SUBNET = "[[subnet]]\nnetwork = \"10.0.0.0/24\"\n";

    @Test
    void whatIsNotWrittenHasItsDefault() {
        ServerConfig server = valid("[server]\ninterface = \"eth0\"\n" + SUBNET).server();
        assertThat(server)
                .isEqualTo(new ServerConfig(
                        List.of("eth0"),
                        null,
                        null,
                        "info",
                        Path.of("/var/lib/athena-dhcpd/leases.db"),
                        null,
                        67,
                        68,
                        Duration.ofSeconds(60),
                        Path.of("/var/lib/athena-dhcpd/leases.db/control.sock"),
                        false,
                        HostName.get(),
                        10_000,
                        null));
    }

    @Test
    void everythingThatIsWrittenArrives() {
        AthenaConfig config = valid("""
                [server]
                interface = ["eth0", "eth1.5"]
                bind_address = "10.0.0.1"
                server_id = "10.0.0.2"
                log_level = "trace"
                lease_db = "/data/db"
                pid_file = "/run/a.pid"
                port = 6767
                client_port = 6868
                offer_hold = "1m30s"
                control_socket = "/run/a.sock"
                authoritative = true
                node_id = "node-a"
                event_log_size = 5
                [server.rate_limit]
                enabled = false
                max_discovers_per_second = 7
                max_per_mac_per_second = 2
                """ + SUBNET);
        assertThat(config.server())
                .isEqualTo(new ServerConfig(
                        List.of("eth0", "eth1.5"),
                        Ipv4.parse("10.0.0.1"),
                        Ipv4.parse("10.0.0.2"),
                        "trace",
                        Path.of("/data/db"),
                        Path.of("/run/a.pid"),
                        6767,
                        6868,
                        Duration.ofSeconds(90),
                        Path.of("/run/a.sock"),
                        true,
                        "node-a",
                        5,
                        new RateLimitConfig(false, 7, 2)));
        assertThat(config.leasequery()).isEqualTo(new LeasequeryConfig(false, List.of()));
    }

    @Test
    void leasequerySaysWhoMayAskAndHow() {
        LeasequeryConfig leasequery =
                valid("[server]\ninterface = \"eth0\"\n" + SUBNET + """
                [leasequery]
                enabled = true
                allow = ["10.0.0.0/24", "192.0.2.7"]
                listen = "10.0.0.1:6767"
                max_connections = 3
                insecure = true
                tls_cert = "/etc/cert.pem"
                tls_key = "/etc/key.pem"
                tls_ca = "/etc/ca.pem"
                """).leasequery();
        assertThat(leasequery.tcp())
                .isEqualTo(new LeasequeryConfig.Tcp(
                        HostPort.parse("10.0.0.1:6767"),
                        3,
                        true,
                        new LeasequeryConfig.Tls(
                                Path.of("/etc/cert.pem"), Path.of("/etc/key.pem"), Path.of("/etc/ca.pem"))));
        assertThat(leasequery.permits(Ipv4.parse("10.0.0.9"))).isTrue();
        assertThat(leasequery.permits(Ipv4.parse("192.0.2.7"))).isTrue();
        assertThat(leasequery.permits(Ipv4.parse("192.0.2.8"))).isFalse();
        assertThat(new LeasequeryConfig(false, leasequery.allow()).permits(Ipv4.parse("192.0.2.7")))
                .isFalse();
    }

    @Test
    void anyAddressToBindToIsNoneInParticular() {
        assertThat(valid("[server]\ninterface = \"eth0\"\nbind_address = \"0.0.0.0\"\n" + SUBNET)
                        .server()
                        .bindAddress())
                .isNull();
    }

    @ParameterizedTest
    @MethodSource
    void mistakesAreReportedOnTheirLine(String line, String problem) {
        String server = line.startsWith("interface") ? "[server]\n\n" : "[server]\ninterface = \"eth0\"\n";
        assertThat(problems(server + line + "\n" + SUBNET)).isEqualTo(problem);
    }

    static Stream<Arguments> mistakesAreReportedOnTheirLine() {
        return Stream.of(
                Arguments.of("interface = []", "E 3 server.interface: is an empty list"),
                Arguments.of("interface = [\"a\", \"a\"]", "E 3 server.interface: names an interface twice"),
                Arguments.of(
                        "interface = \"eth0/1\"", "E 3 server.interface: 'eth0/1' cannot be the name of an interface"),
                Arguments.of(
                        "interface = \"a23456789012345x\"",
                        "E 3 server.interface: 'a23456789012345x' cannot be the name of an interface"),
                Arguments.of("interface = 1", "E 3 server.interface: is the number 1"),
                Arguments.of(
                        "server_id = \"255.255.255.255\"",
                        "E 3 server.server_id: 255.255.255.255 cannot be the address of a server"),
                Arguments.of(
                        "server_id = \"0.0.0.0\"", "E 3 server.server_id: 0.0.0.0 cannot be the address of a server"),
                Arguments.of(
                        "bind_address = \"224.0.0.1\"",
                        "E 3 server.bind_address: 224.0.0.1 cannot be the address of a server"),
                Arguments.of("bind_address = \"10.0.0\"", "E 3 server.bind_address: '10.0.0' is not an IPv4 address"),
                Arguments.of("log_level = \"loud\"", "E 3 server.log_level: is 'loud'"),
                Arguments.of("port = 0", "E 3 server.port: 0 is out of range"),
                Arguments.of("port = 4294967363", "E 3 server.port: 4294967363 is out of range"),
                Arguments.of("port = -1", "E 3 server.port: -1 is out of range"),
                Arguments.of("port = \"67\"", "E 3 server.port: is a text"),
                Arguments.of("port = 67.0", "E 3 server.port: is 67.0"),
                Arguments.of("offer_hold = \"0s\"", "E 3 server.offer_hold: is '0s', outside 1s to 10m"),
                Arguments.of("offer_hold = \"1m1h\"", "E 3 server.offer_hold: is '1m1h', which is not a duration"),
                Arguments.of("authoritative = \"yes\"", "E 3 server.authoritative: is a text"),
                Arguments.of("lease_db = \"\"", "E 3 server.lease_db: is empty"),
                Arguments.of(
                        "lease_db = \"a\\u0000b\"", "E 3 server.lease_db: is not a path: Nul character not allowed"),
                Arguments.of(
                        "node_id = \"a b\"",
                        "E 3 server.node_id: 'a b' is not made of letters, digits, dots and dashes"),
                Arguments.of(
                        "control_socket = \"/run/" + "x".repeat(100) + "\"",
                        "E 3 server.control_socket: the control socket's path would have 105 bytes, more than 100"),
                Arguments.of(
                        "lease_db = \"/var/" + "x".repeat(90) + "\"",
                        "E 3 server.lease_db: the control socket's path would have 108 bytes, more than 100"),
                Arguments.of("rate_limit = 5", "E 3 server.rate_limit: is the number 5"),
                Arguments.of(
                        "[server.rate_limit]\nmax_per_mac_per_second = 0",
                        "E 4 server.rate_limit.max_per_mac_per_second: 0 is out of range"),
                Arguments.of("prot = 67", "E 3 server.prot: is not a known key of [server]"));
    }

    @Test
    void aFileWhereTheStoresFolderShouldBeIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("leases.db"));
        assertThat(problems("[server]\ninterface = \"eth0\"\nlease_db = \"" + file + "\"\n" + SUBNET))
                .isEqualTo("E 3 server.lease_db: " + file + " is a file");
    }
}
