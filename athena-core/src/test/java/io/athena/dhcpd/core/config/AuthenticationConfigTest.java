package io.athena.dhcpd.core.config;

import static io.athena.dhcpd.core.config.ConfigFixtures.SUBNET;
import static io.athena.dhcpd.core.config.ConfigFixtures.problems;
import static io.athena.dhcpd.core.config.ConfigFixtures.valid;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.net.MacAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationConfigTest {

    /** {@code [subnet.authentication]} on line 6, its first key on lines 7 to 9. */
    private static final String KEY = SUBNET + """
            [subnet.authentication]
            [[subnet.authentication.key]]
            id = 1
            secret = "0x000102030405060708090a0b0c0d0e0f"
            """;

    @Test
    void aSubnetWithoutTheTableAsksNobody() {
        assertThat(valid(SUBNET).subnets().get(0).authentication()).isNull();
    }

    @Test
    void keysAreTextOrHexForAllOrForOne() {
        AuthenticationConfig read = valid(SUBNET + """
                        [subnet.authentication]
                        required = true
                        [[subnet.authentication.key]]
                        id = 0
                        secret = "0x000102030405060708090a0b0c0d0e0f"
                        [[subnet.authentication.key]]
                        id = 2147483647
                        secret = "the operator keeps this one"
                        master = true
                        [[subnet.authentication.key]]
                        id = 0
                        secret = "a key of sixteen bytes"
                        identifier = "01:02:00:00:00:00:07"
                        [[subnet.authentication.key]]
                        id = 0
                        secret = "a key of sixteen bytes"
                        mac = "02:00:00:00:00:08"
                        """).subnets().get(0).authentication();

        assertThat(read).isNotNull();
        assertThat(read.required()).isTrue();
        assertThat(read.keys()).extracting(AuthenticationKey::id).containsExactly(0, Integer.MAX_VALUE, 0, 0);
        assertThat(read.keys()).extracting(AuthenticationKey::master).containsExactly(false, true, false, false);
        assertThat(read.keys().get(0).bytes()).startsWith(0, 1, 2).hasSize(16);
        assertThat(read.keys().get(1).bytes())
                .isEqualTo("the operator keeps this one".getBytes(StandardCharsets.UTF_8));
        assertThat(read.keys().get(2).clientId()).containsExactly(1, 2, 0, 0, 0, 0, 7);
        assertThat(read.keys().get(3).mac()).isEqualTo(MacAddress.parse("02:00:00:00:00:08"));
    }

    @Test
    void noKeyEverShowsItsSecret() {
        assertThat(valid(KEY).toString()).contains("secret=***").doesNotContain("0c0d0e");
        assertThat(problems(KEY.replace("0f\"", "0f7\""))).doesNotContain("0c0d0e");
        assertThat(problems(KEY.replace("0f\"", "zz\""))).doesNotContain("0c0d0e");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    id = -1                            | E 8 subnet[1].authentication.key[1].id: -1 is out of range
                    id = 4294967296                    | E 8 subnet[1].authentication.key[1].id: 4294967296 is out of range
                    id = "1"                           | E 8 subnet[1].authentication.key[1].id: is a text
                    """)
    void anIdIsANumber(String written, String problem) {
        assertThat(problems(KEY.replace("id = 1", written))).startsWith(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    secret = ""             | E 9 subnet[1].authentication.key[1].secret: is empty
                    secret = "0x"           | E 9 subnet[1].authentication.key[1].secret: starts with 0x and is not pairs of hex digits after it
                    secret = "0x012"        | E 9 subnet[1].authentication.key[1].secret: starts with 0x and is not pairs of hex digits after it
                    secret = 12             | E 9 subnet[1].authentication.key[1].secret: is the number 12
                    secret = "fifteen bytes.." | W 9 subnet[1].authentication.key[1].secret: has 15 bytes and can be guessed more easily than HMAC-MD5 allows
                    """)
    void aSecretIsTextOrHexAndNotShort(String written, String problem) {
        assertThat(problems(KEY.replace("secret = \"0x000102030405060708090a0b0c0d0e0f\"", written)))
                .isEqualTo(problem);
    }

    @Test
    void whatIsMissingOrContradictsItselfIsSaidWithItsLine() {
        assertThat(problems(SUBNET + "[subnet.authentication]\n"))
                .isEqualTo("E 6 subnet[1].authentication.key: is missing, so nobody could prove anything");
        assertThat(problems(SUBNET + "[subnet.authentication]\n[[subnet.authentication.key]]\n"))
                .isEqualTo("""
                        E 7 subnet[1].authentication.key[1].id: is missing
                        E 7 subnet[1].authentication.key[1].secret: is missing""");
        assertThat(problems(KEY + "mac = \"02:00:00:00:00:08\"\nidentifier = \"01:02\"\nmaster = true\n"))
                .isEqualTo("""
                        E 10 subnet[1].authentication.key[1].mac: stands beside an identifier; a key has one client
                        E 12 subnet[1].authentication.key[1].master: is for a key of many clients, and this one names its client""");
    }

    @Test
    void anIdStandsForOneKeyOfAClient() {
        String second = "[[subnet.authentication.key]]\nid = 1\nsecret = \"a key of sixteen bytes\"\n";

        assertThat(problems(KEY + second))
                .isEqualTo("E 11 subnet[1].authentication.key[2].id: 1 is already the id of the key on line 7");
        assertThat(problems(KEY + second + "mac = \"02:00:00:00:00:08\"\n")).isEmpty();
    }

    @Test
    void aSharedNetworkAuthenticatesInOneWay() {
        String shared = KEY.replaceFirst("\\[subnet.auth", "shared_network = \"campus\"\n[subnet.auth");
        String other = "[[subnet]]\nnetwork = \"10.1.0.0/24\"\nshared_network = \"campus\"\n";

        assertThat(problems(shared + other)).isEmpty();
        assertThat(problems(shared + other + KEY.substring(SUBNET.length())))
                .isEqualTo("E 14 subnet[2].authentication: subnet 10.0.0.0/24 on line 4 says already how shared network"
                        + " 'campus' authenticates");
        assertThat(problems(KEY + "[[subnet]]\nnetwork = \"10.1.0.0/24\"\n" + KEY.substring(SUBNET.length())))
                .isEmpty();
    }
}
