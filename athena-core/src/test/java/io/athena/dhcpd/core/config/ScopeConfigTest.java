package io.athena.dhcpd.core.config;

import static io.athena.dhcpd.core.config.ConfigFixtures.SERVER;
import static io.athena.dhcpd.core.config.ConfigFixtures.SUBNET;
import static io.athena.dhcpd.core.config.ConfigFixtures.problems;
import static io.athena.dhcpd.core.config.ConfigFixtures.valid;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.option.OptionDefinition;
import io.athena.dhcpd.core.option.OptionRegistry;
import io.athena.dhcpd.core.option.OptionType;
import io.athena.dhcpd.core.option.StandardOptions;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeConfigTest {

    @Test
    void aNewOptionIsOneRowAndItsKeyWorksEverywhere() {
        OptionRegistry registry = StandardOptions.registry()
                .with(OptionDefinition.row(224, "Building", OptionType.UINT16, "building", "site-local"));
        String text = SERVER + """
                [defaults]
                building = 1
                [[subnet]]
                network = "10.0.0.0/24"
                building = 2
                [[subnet.pool]]
                range_start = "10.0.0.10"
                range_end = "10.0.0.20"
                building = 3
                [[subnet.reservation]]
                mac = "aa:bb:cc:dd:ee:ff"
                ip = "10.0.0.5"
                building = 4
                """;
        AthenaConfig config =
                TomlConfig.parse(text, Path.of("a.toml"), List.of(), registry).config();
        assertThat(config).isNotNull();
        SubnetConfig subnet = config.subnets().get(0);
        assertThat(Stream.of(
                                config.defaults(),
                                subnet.scope(),
                                subnet.pools().get(0).scope(),
                                subnet.reservations().get(0).scope())
                        .map(scope -> HexFormat.of().formatHex(scope.options().get(224))))
                .containsExactly("0001", "0002", "0003", "0004");
        assertThat(TomlConfig.knownKeys(List.of(), registry)).contains("subnet.pool.building", "class.building");
    }

    @Test
    void optionsAreEncodedOnceAndTimesKeptApart() {
        AthenaConfig config = valid(SUBNET + """
                routers = "10.0.0.1"
                static_routes = ["10.1.0.0/16 via 10.0.0.2", "default via 10.0.0.1"]
                lease_time = "infinite"
                renewal_time = "1h30m"
                rebind_time = "1d"
                [[subnet.option]]
                code = 150
                value = ["10.0.0.5", "10.0.0.6"]
                [[subnet.option]]
                code = 43
                type = "string"
                value = "abc"
                [[subnet.option]]
                code = 224
                value = "0102"
                """);
        OptionScope scope = config.subnets().get(0).scope();
        assertThat(scope.options())
                .hasToString(
                        "{3=0a000001, 121=100a010a000002000a000001, 150=0a0000050a000006," + " 43=616263, 224=0102}");
        assertThat(scope.leaseTime()).isEqualTo(0xffffffffL);
        assertThat(scope.renewalTime()).isEqualTo(5400);
        assertThat(scope.rebindTime()).isEqualTo(86400);
        assertThat(config.defaults().leaseTime()).isEqualTo(43200);
    }

    @ParameterizedTest
    @MethodSource
    void mistakesInOptionsAreReportedOnTheirLine(String lines, String problem) {
        assertThat(problems(SUBNET + lines + "\n")).isEqualTo(problem);
    }

    static Stream<Arguments> mistakesInOptionsAreReportedOnTheirLine() {
        return Stream.of(
                Arguments.of("routers = [\"10.0.0\"]", "E 6 subnet[1].routers: '10.0.0' is not an IPv4 address"),
                Arguments.of(
                        "interface_mtu = \"1500\"",
                        "E 6 subnet[1].interface_mtu: is the text '1500'; expected a whole number of 0 to 65535"),
                Arguments.of(
                        "hostname = 5",
                        "E 6 subnet[1].hostname: is the number 5; expected a text of at least one character"),
                Arguments.of(
                        "routers = {a = 1}",
                        "E 6 subnet[1].routers: is a table; expected an IPv4 address such as \"10.0.0.1\""),
                Arguments.of("[[subnet.option]]\nvalue = \"01\"", "E 6 subnet[1].option[1].code: is missing"),
                Arguments.of("[[subnet.option]]\ncode = 43", "E 6 subnet[1].option[1].value: is missing"),
                Arguments.of(
                        "[[subnet.option]]\ncode = 255\nvalue = \"01\"",
                        "E 7 subnet[1].option[1].code: 255 is out of range"),
                Arguments.of(
                        "[[subnet.option]]\ncode = 43\ntype = \"blob\"\nvalue = \"01\"",
                        "E 8 subnet[1].option[1].type: is 'blob'"),
                Arguments.of(
                        "[[subnet.option]]\ncode = 3\nvalue = \"01\"",
                        "E 8 subnet[1].option[1].value: '01' is not an IPv4 address"),
                Arguments.of(
                        "routers = \"10.0.0.1\"\n[[subnet.option]]\ncode = 3\nvalue = \"10.0.0.1\"",
                        "E 8 subnet[1].option[1].code: 3 (Router) is set twice here"),
                Arguments.of("option = 5", "E 6 subnet[1].option: is the number 5"),
                Arguments.of("option = [5]", "E 6 subnet[1].option: holds the number 5"));
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 61, 82})
    void optionsOfTheServerItselfCannotBeSet(int code) {
        ConfigProblem problem = ConfigFixtures.parse(
                        SUBNET + "[[subnet.option]]\ncode = " + code + "\ntype = \"hex\"\nvalue = \"01\"\n")
                .problems()
                .get(0);
        assertThat(problem.line()).isEqualTo(7);
        assertThat(problem.text()).contains("cannot be set as an option");
        assertThat(problem.cure()).isNotBlank();
    }

    @Test
    void aSubnetArrivesWhole() {
        SubnetConfig subnet = valid(SUBNET + """
                shared_network = "campus"
                identify_by = "mac"
                rapid_commit = true
                subnet_selection = true
                vss = "blue"
                next_server = "10.0.0.9"
                always_send = [43, "domain_name"]
                [[subnet.pool]]
                range_start = "10.0.0.10"
                range_end = "10.0.0.20"
                bootp = true
                match_circuit_id = "eth0/1/*"
                match_architecture = "7"
                [[subnet.reservation]]
                mac = ["aa:bb:cc:dd:ee:f0", "AA-BB-CC-DD-EE-F1"]
                identifier = "phone"
                circuit_id = "p1"
                remote_id = "0xff00"
                ip = "10.0.0.10"
                hostname = "core"
                ddns_hostname = "core-switch"
                """).subnets().get(0);
        assertThat(subnet.line()).isEqualTo(4);
        assertThat(subnet.network()).isEqualTo(Cidr.parse("10.0.0.0/24"));
        assertThat(subnet.sharedNetwork()).isEqualTo("campus");
        assertThat(subnet.identifyByMac()).isTrue();
        assertThat(subnet.rapidCommit()).isTrue();
        assertThat(subnet.subnetSelection()).isTrue();
        assertThat(subnet.scope().boot()).isEqualTo(new BootFields(Ipv4.parse("10.0.0.9"), null, null));
        assertThat(subnet.vss()).hasToString("blue");
        assertThat(subnet.alwaysSend()).containsExactly(43, 15);
        assertThat(subnet.pools())
                .containsExactly(new PoolConfig(
                        13,
                        new AddressRange(Ipv4.parse("10.0.0.10"), Ipv4.parse("10.0.0.20")),
                        OptionScope.EMPTY,
                        new MatchConfig(Map.of(MatchKey.CIRCUIT_ID, "eth0/1/*", MatchKey.ARCHITECTURE, "7"), null),
                        true));
        ReservationConfig reservation = subnet.reservations().get(0);
        assertThat(reservation.line()).isEqualTo(19);
        assertThat(reservation.macs())
                .containsExactly(MacAddress.parse("aa:bb:cc:dd:ee:f0"), MacAddress.parse("aa:bb:cc:dd:ee:f1"));
        assertThat(reservation.clientId()).containsExactly('p', 'h', 'o', 'n', 'e');
        assertThat(reservation.circuitId()).containsExactly('p', '1');
        assertThat(reservation.remoteId()).containsExactly(0xff, 0x00);
        assertThat(reservation.hostname()).isEqualTo("core");
        assertThat(reservation.scope().options()).hasToString("{12=636f7265}");
        assertThat(reservation.ddnsHostname()).isEqualTo("core-switch");
    }

    @Test
    void patternsAreBroughtIntoTheFormThatIsCompared() {
        PoolConfig pool = valid(SUBNET + """
                [[subnet.pool]]
                range_start = "10.0.0.10"
                range_end = "10.0.0.20"
                class = "phones"
                match_circuit_id = "0x00AB*"
                match_remote_id = "Switch-?"
                match_mac = "AA-BB-CC-*"
                match_relay_id = "0x000300AB*"
                match_architecture = "0x0007"
                [[class]]
                name = "phones"
                match_user_class = "phone*"
                """).subnets().get(0).pools().get(0);
        assertThat(pool.match())
                .isEqualTo(new MatchConfig(
                        Map.of(
                                MatchKey.CIRCUIT_ID,
                                "0x00ab*",
                                MatchKey.REMOTE_ID,
                                "Switch-?",
                                MatchKey.MAC,
                                "aa:bb:cc:*",
                                MatchKey.ARCHITECTURE,
                                "7",
                                MatchKey.RELAY_ID,
                                "0x000300ab*"),
                        "phones"));
    }

    @ParameterizedTest
    @MethodSource
    void identifiersAreReadInEverySpelling(String written, String bytes) {
        assertThat(HexFormat.of().formatHex(ClientIds.parse(written))).isEqualTo(bytes);
    }

    static Stream<Arguments> identifiersAreReadInEverySpelling() {
        return Stream.of(
                Arguments.of("01:aa:bb:cc:dd:ee:ff", "01aabbccddeeff"),
                Arguments.of("01-AA-BB-CC-DD-EE-FF", "01aabbccddeeff"),
                Arguments.of("01aabbccddeeff", "01aabbccddeeff"),
                Arguments.of("0x0102", "0102"),
                Arguments.of("cafe", "63616665"),
                Arguments.of("phone-1", "70686f6e652d31"));
    }
}
