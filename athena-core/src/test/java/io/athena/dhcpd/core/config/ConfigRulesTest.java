package io.athena.dhcpd.core.config;

import static io.athena.dhcpd.core.config.ConfigFixtures.SERVER;
import static io.athena.dhcpd.core.config.ConfigFixtures.SUBNET;
import static io.athena.dhcpd.core.config.ConfigFixtures.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigRulesTest {

    private static final String POOL = SUBNET + "[[subnet.pool]]\n";
    private static final String RESERVATION = SUBNET + "[[subnet.reservation]]\n";

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void everyMistakeIsReportedWithItsLine(String text, String problem) {
        assertThat(problems(text)).isEqualTo(problem);
    }

    static Stream<Arguments> everyMistakeIsReportedWithItsLine() {
        return Stream.of(
                // subnets
                mistake(
                        SERVER + "[[subnet]]\nnetwork = \"10.0.0.5/24\"\n",
                        "E 5 subnet[1].network: 10.0.0.5/24 has host bits set; the network is 10.0.0.0/24"),
                mistake(
                        SERVER + "[[subnet]]\nnetwork = \"10.0.0.0/33\"\n",
                        "E 5 subnet[1].network: '10.0.0.0/33' is not a network such as 10.0.0.0/24"),
                mistake(SERVER + "[[subnet]]\n", "E 4 subnet[1].network: is missing"),
                mistake(
                        SERVER + "[[subnet]]\nnetwork = \"239.0.0.0/8\"\n",
                        "E 5 subnet[1].network: 239.0.0.0/8 holds no addresses for hosts"),
                mistake(
                        SUBNET + "\n[[subnet]]\nnetwork = \"10.0.0.0/24\"\n",
                        "E 8 subnet[2].network: 10.0.0.0/24 is already a subnet on line 4"),
                mistake(
                        SUBNET + "[[subnet]]\nnetwork = \"10.0.0.0/25\"\n",
                        "W 7 subnet[2].network: 10.0.0.0/25 overlaps subnet 10.0.0.0/24 on line 4"),
                mistake(SUBNET + "netwrok = 1\n", "E 6 subnet[1].netwrok: is not a known key of [subnet]"),
                mistake(
                        SUBNET + "shared_network = \"a\"\nidentify_by = \"mac\"\n[[subnet]]\n"
                                + "network = \"10.1.0.0/24\"\nshared_network = \"a\"\n",
                        "E 8 subnet[2].identify_by: differs from subnet 10.0.0.0/24 on line 4 of the same shared network 'a'"),
                mistake(
                        SUBNET + "shared_network = \"a\"\nvss = \"blue\"\n[[subnet]]\n"
                                + "network = \"10.1.0.0/24\"\nshared_network = \"a\"\n",
                        "E 8 subnet[2].vss: differs from subnet 10.0.0.0/24 on line 4 of the same shared network 'a'"),
                mistake(
                        SUBNET + "vss = \"0x0c\"\n",
                        "E 6 subnet[1].vss: '0x0c' is neither a name in ASCII nor 0x and the 14 hex digits of a VPN id"),
                mistake(
                        SUBNET + "always_send = [43, \"nonsense\"]\n",
                        "E 6 subnet[1].always_send: holds 'nonsense', which is no option that can be configured"),
                mistake(SUBNET + "identify_by = \"name\"\n", "E 6 subnet[1].identify_by: is 'name'"),
                mistake(
                        SUBNET + "shared_network = \"\"\n",
                        "E 6 subnet[1].shared_network: '' is not made of letters, digits, blanks and . _ -"),
                mistake(SUBNET.replace("[[subnet]]", "[subnet]"), "E 4 subnet: is a table"),
                // pools
                mistake(
                        POOL + "range_start = \"10.0.1.1\"\nrange_end = \"10.0.1.9\"\n",
                        "E 7 subnet[1].pool[1].range_start: 10.0.1.1 is outside its subnet 10.0.0.0/24\n"
                                + "E 8 subnet[1].pool[1].range_end: 10.0.1.9 is outside its subnet 10.0.0.0/24"),
                mistake(
                        POOL + "range_start = \"10.0.0.20\"\nrange_end = \"10.0.0.10\"\n",
                        "E 7 subnet[1].pool[1].range_start: 10.0.0.20 comes after range_end 10.0.0.10"),
                mistake(POOL + "range_start = \"10.0.0.20\"\n", "E 6 subnet[1].pool[1].range_end: is missing"),
                mistake(
                        POOL + "range_start = \"10.0.0.0\"\nrange_end = \"10.0.0.255\"\n",
                        "W 7 subnet[1].pool[1].range_start: 10.0.0.0 is the network address of 10.0.0.0/24 and is not given to anybody\n"
                                + "W 8 subnet[1].pool[1].range_end: 10.0.0.255 is the broadcast address of 10.0.0.0/24 and is not given to anybody"),
                mistake(
                        POOL + "range_start = \"10.0.0.10\"\nrange_end = \"10.0.0.20\"\n[[subnet.pool]]\n"
                                + "range_start = \"10.0.0.20\"\nrange_end = \"10.0.0.30\"\n",
                        "W 10 subnet[1].pool[2].range_start: 10.0.0.20-10.0.0.30 overlaps pool 10.0.0.10-10.0.0.20 on line 6"),
                mistake(
                        SERVER + "[[subnet]]\nnetwork = \"0.0.0.0/1\"\n[[subnet.pool]]\nrange_start = \"10.0.0.1\"\n"
                                + "range_end = \"11.0.0.1\"\n",
                        "E 8 subnet[1].pool[1].range_end: the pool has 16777217 addresses, more than 16777216"),
                mistake(
                        POOL + "range_start = \"10.0.0.10\"\nrange_end = \"10.0.0.20\"\nmatch_vendor_class = \"\"\n",
                        "E 9 subnet[1].pool[1].match_vendor_class: is empty and would match nobody"),
                mistake(
                        POOL
                                + "range_start = \"10.0.0.10\"\nrange_end = \"10.0.0.20\"\nmatch_circuit_id = \"0x00zz*\"\n",
                        "E 9 subnet[1].pool[1].match_circuit_id: '0x00zz*' starts with 0x and is not hex"),
                mistake(
                        POOL + "range_start = \"10.0.0.10\"\nrange_end = \"10.0.0.20\"\nmatch_mac = \"aabbcc*\"\n",
                        "E 9 subnet[1].pool[1].match_mac: 'aabbcc*' is not made of pairs of hex digits with colons"),
                mistake(
                        POOL + "range_start = \"10.0.0.10\"\nrange_end = \"10.0.0.20\"\nmatch_architecture = \"efi\"\n",
                        "E 9 subnet[1].pool[1].match_architecture: 'efi' is not a number of 0 to 65535"),
                mistake(
                        POOL + "range_start = \"10.0.0.10\"\nrange_end = \"10.0.0.20\"\n"
                                + "match_architecture = \"65536\"\n",
                        "E 9 subnet[1].pool[1].match_architecture: '65536' is not a number of 0 to 65535"),
                mistake(
                        POOL + "range_start = \"10.0.0.10\"\nrange_end = \"10.0.0.20\"\nclass = \"phnes\"\n"
                                + "[[class]]\nname = \"phones\"\nmatch_mac = \"aa:*\"\n",
                        "E 9 subnet[1].pool[1].class: 'phnes' is the name of no [[class]]"),
                mistake(SUBNET + "class = \"x\"\n", "E 6 subnet[1].class: 'x' is the name of no [[class]]"),
                mistake(
                        RESERVATION + "mac = \"aa:bb:cc:dd:ee:ff\"\nip = \"10.0.0.5\"\nclass = \"x\"\n",
                        "E 9 subnet[1].reservation[1].class: 'x' is the name of no [[class]]"),
                mistake(
                        RESERVATION
                                + "class = \"a\"\nip = \"10.0.0.5\"\n[[class]]\nname = \"a\"\nmatch_mac = \"aa:*\"\n",
                        "E 6 subnet[1].reservation[1].mac: nothing says whom the address is for"),
                mistake(SUBNET + "[[class]]\nname = \" \"\nmatch_mac = \"aa:*\"\n", "E 7 class[1].name: is empty"),
                // reservations
                mistake(
                        RESERVATION + "mac = \"aa:bb:cc:dd:ee:ff\"\nip = \"10.0.1.5\"\n",
                        "E 8 subnet[1].reservation[1].ip: 10.0.1.5 is outside its subnet 10.0.0.0/24"),
                mistake(
                        RESERVATION + "mac = \"aa:bb:cc:dd:ee:ff\"\nip = \"10.0.0.255\"\n",
                        "E 8 subnet[1].reservation[1].ip: 10.0.0.255 is the network or broadcast address of 10.0.0.0/24"),
                mistake(
                        RESERVATION + "mac = \"aa:bb:cc:dd:ee\"\nip = \"10.0.0.5\"\n",
                        "E 7 subnet[1].reservation[1].mac: 'aa:bb:cc:dd:ee' is not a MAC address such as aa:bb:cc:dd:ee:ff"),
                mistake(
                        RESERVATION + "ip = \"10.0.0.5\"\n",
                        "E 6 subnet[1].reservation[1].mac: nothing says whom the address is for"),
                mistake(RESERVATION + "mac = \"aa:bb:cc:dd:ee:ff\"\n", "E 6 subnet[1].reservation[1].ip: is missing"),
                mistake(
                        RESERVATION + "identifier = \"0xabc\"\nip = \"10.0.0.5\"\n",
                        "E 7 subnet[1].reservation[1].identifier: string length not even: 3"),
                mistake(
                        RESERVATION + "mac = \"aa:bb:cc:dd:ee:ff\"\nip = \"10.0.0.5\"\nddns_hostname = \"a b\"\n",
                        "E 9 subnet[1].reservation[1].ddns_hostname: 'a b' is not a name for DNS"),
                // times
                mistake(
                        SUBNET + "lease_time = \"1h\"\nrenewal_time = \"1h\"\n",
                        "E 7 subnet[1].renewal_time: 1h is not before the lease time of 1h"),
                mistake(
                        SUBNET + "lease_time = \"1h\"\nrenewal_time = \"40m\"\nrebind_time = \"30m\"\n",
                        "E 7 subnet[1].renewal_time: 40m is not before the rebind time of 30m"),
                mistake(
                        SUBNET + "rebind_time = \"12h\"\n",
                        "E 6 subnet[1].rebind_time: 12h is not before the lease time of 12h"),
                mistake(SUBNET + "lease_time = \"-1h\"\n", "E 6 subnet[1].lease_time: is negative: '-1h'"),
                mistake(SUBNET + "lease_time = 3600\n", "E 6 subnet[1].lease_time: is the number 3600"),
                mistake(
                        SUBNET + "lease_time = \"4294967296s\"\n",
                        "E 6 subnet[1].lease_time: is '4294967296s', but lease times are 1 to 4294967294 seconds, or \"infinite\""),
                mistake(
                        SUBNET + "lease_time = \"999999999999999999d\"\n",
                        "E 6 subnet[1].lease_time: is '999999999999999999d', which is far too long"),
                mistake(
                        SUBNET + "lease_time = \"1500ms\"\n",
                        "E 6 subnet[1].lease_time: is '1500ms', but lease times are whole seconds"),
                mistake(
                        SUBNET + "lease_time = \"0s\"\n",
                        "E 6 subnet[1].lease_time: is '0s', but lease times are 1 to 4294967294 seconds, or \"infinite\""),
                // the rest of the file
                mistake(SERVER, "W 1 subnet: there is none, so nobody gets an address"),
                mistake(
                        SUBNET + "[leasequery]\nenabled = true\n",
                        "E 6 leasequery.allow: is empty, so nobody could ask"),
                mistake(
                        SUBNET + "[leasequery]\nlisten = \"10.0.0.1:67\"\n",
                        "W 7 leasequery.listen: has no effect: nothing is served over TCP"),
                mistake(
                        SUBNET + "[leasequery]\ninsecure = true\nlisten = \"localhost:67\"\n",
                        "E 8 leasequery.listen: 'localhost' is not an IPv4 address"),
                mistake(
                        SUBNET + "[leasequery]\ntls_cert = \"a\"\ntls_ca = \"b\"\n",
                        "E 6 leasequery.tls_key: is missing"),
                mistake(
                        SUBNET + "[leasequery]\nallow = \"10.0.0\"\n",
                        "E 7 leasequery.allow: '10.0.0' is not a network such as 10.0.0.0/24"),
                mistake(
                        SUBNET + "[leasequery]\nallow = [\"10.0.0.0/8\",\n  \"10.0.0.1/8\"]\n",
                        "E 8 leasequery.allow: 10.0.0.1/8 has host bits set; the network is 10.0.0.0/8"),
                mistake(
                        SUBNET + "[[class]]\nname = \"a\"\nmatch_mac = \"aa*\"\n[[class]]\nname = \"a\"\n",
                        "E 9 class[2].match_vendor_class: nothing says who belongs to the class\n"
                                + "E 10 class[2].name: 'a' is the name of another class"),
                mistake(SUBNET + "[serverr]\nport = 1\n", "E 6 serverr: is not a known key"));
    }

    private static Arguments mistake(String text, String problem) {
        return Arguments.of(text, problem);
    }

    @ParameterizedTest
    @MethodSource
    void oneClientInTwoEntriesOfALinkIsAnErrorInAnySpelling(String first, String second) {
        String text = RESERVATION + first + "\nip = \"10.0.0.5\"\n[[subnet.reservation]]\n" + second
                + "\nip = \"10.0.0.6\"\n";
        assertThat(problems(text))
                .containsPattern(
                        "(?m)^E 10 subnet\\[1]\\.reservation\\[2]\\.\\w+: .*the reservation of 10.0.0.5 on line 6$");
    }

    static Stream<Arguments> oneClientInTwoEntriesOfALinkIsAnErrorInAnySpelling() {
        return Stream.of(
                Arguments.of("mac = \"aa:bb:cc:dd:ee:ff\"", "mac = \"AA-BB-CC-DD-EE-FF\""),
                Arguments.of("mac = \"aa:bb:cc:dd:ee:ff\"", "mac = \"aabb.ccdd.eeff\""),
                Arguments.of("mac = \"aa:bb:cc:dd:ee:ff\"", "mac = [\"00:00:00:00:00:01\", \"aabbccddeeff\"]"),
                Arguments.of("mac = \"aa:bb:cc:dd:ee:ff\"", "identifier = \"01:aa:bb:cc:dd:ee:ff\""),
                Arguments.of("identifier = \"01:aa:bb:cc:dd:ee:ff\"", "identifier = \"01AABBCCDDEEFF\""),
                Arguments.of("identifier = \"0xff00000001\"", "identifier = \"ff:00:00:00:01\""),
                Arguments.of("circuit_id = \"eth0/1\"", "circuit_id = \"0x657468302f31\""));
    }

    @Test
    void oneAddressReservedTwiceIsAnError() {
        assertThat(problems(RESERVATION
                        + "mac = \"aa:bb:cc:dd:ee:01\"\nip = \"10.0.0.5\"\n[[subnet.reservation]]\n"
                        + "mac = \"aa:bb:cc:dd:ee:02\"\nip = \"10.0.0.5\"\n"))
                .isEqualTo("E 11 subnet[1].reservation[2].ip: 10.0.0.5 is already reserved on line 6");
    }

    @Test
    void oneClientMayHaveReservationsOnTwoLinksButNotInOneSharedNetwork() {
        String two = RESERVATION + "mac = \"aa:bb:cc:dd:ee:01\"\nip = \"10.0.0.5\"\n[[subnet]]\n"
                + "network = \"10.1.0.0/24\"\n[[subnet.reservation]]\nmac = \"aa:bb:cc:dd:ee:01\"\nip = \"10.1.0.5\"\n";
        assertThat(problems(two)).isEmpty();
        assertThat(problems(two.replace(".0.0/24\"\n", ".0.0/24\"\nshared_network = \"campus\"\n")))
                .isEqualTo("E 14 subnet[2].reservation[1].mac: mac aa:bb:cc:dd:ee:01 has the reservation of 10.0.0.5"
                        + " on line 7");
    }

    @Test
    void portsOfOneRelayMayEachHaveAReservation() {
        assertThat(problems(RESERVATION
                        + "remote_id = \"sw1\"\ncircuit_id = \"p1\"\nip = \"10.0.0.5\"\n[[subnet.reservation]]\n"
                        + "remote_id = \"sw1\"\ncircuit_id = \"p2\"\nip = \"10.0.0.6\"\n"))
                .isEmpty();
    }

    @Test
    void oneClientMayHaveAReservationForEachClassThatItCanBeIn() {
        String two = RESERVATION + "mac = \"aa:bb:cc:dd:ee:01\"\nip = \"10.0.0.5\"\nclass = \"pxe\"\n"
                + "[[subnet.reservation]]\nmac = \"aa:bb:cc:dd:ee:01\"\nip = \"10.0.0.6\"\n"
                + "[[class]]\nname = \"pxe\"\nmatch_architecture = \"0x0007\"\n";
        assertThat(problems(two)).isEmpty();
        assertThat(problems(two.replace("ip = \"10.0.0.6\"\n", "ip = \"10.0.0.6\"\nclass = \"pxe\"\n")))
                .startsWith("E 11 subnet[1].reservation[2].mac: mac aa:bb:cc:dd:ee:01 has the reservation of 10.0.0.5");
    }

    @Test
    void aShorterLeaseBelowLongInheritedTimesIsNoMistake() {
        assertThat(problems(
                        SUBNET + "lease_time = \"8h\"\nrenewal_time = \"4h\"\nrebind_time = \"7h\"\n[[subnet.pool]]\n"
                                + "range_start = \"10.0.0.10\"\nrange_end = \"10.0.0.20\"\nlease_time = \"1h\"\n"))
                .isEmpty();
    }

    @Test
    void allMistakesOfAFileAreReportedAtOnce() {
        assertThat(problems("[server]\nport = 70000\n[defaults]\nlease_time = \"soon\"\n[[subnet]]\nnetwork = 5\n")
                        .lines())
                .containsExactly(
                        "E 1 server.interface: is missing",
                        "E 2 server.port: 70000 is out of range",
                        "E 4 defaults.lease_time: is 'soon', which is not a duration",
                        "E 6 subnet[1].network: is the number 5");
    }

    @Test
    void anUnknownKeySuggestsTheOneThatWasMeant() {
        ConfigProblem problem = ConfigFixtures.parse(SUBNET + "dns_server = \"1.1.1.1\"\n")
                .problems()
                .get(0);
        assertThat(problem.cure()).isEqualTo("did you mean 'dns_servers'?");
        assertThat(problem)
                .hasToString(
                        "line 6: subnet[1].dns_server: is not a known key of [subnet]; did you mean 'dns_servers'?");
    }
}
