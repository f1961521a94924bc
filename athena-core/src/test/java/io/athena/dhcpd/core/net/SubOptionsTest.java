package io.athena.dhcpd.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubOptionsTest {

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static RelayInfo said(String option82) {
        return new RelayInfo(Ipv4.parse("10.0.0.1"), hex(option82), null, null, null, null, 67);
    }

    @Test
    void allAreVisitedInTheirOrder() {
        List<String> seen = new ArrayList<>();
        assertThat(SubOptions.visit(
                        hex("01 02 aa bb 13 00 97 01 ff"),
                        (code, from, length) -> seen.add(code + "@" + from + "+" + length)))
                .isTrue();
        assertThat(seen).containsExactly("1@2+2", "19@6+0", "151@8+1");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"01", "01 04 aa", "06 01 61 0c", "06 01 61 0c 02 00", "06 ff"})
    void whereOneReachesPastTheEndNoneIsBelieved(String bytes) {
        byte[] option = hex(bytes);
        List<Integer> seen = new ArrayList<>();
        assertThat(SubOptions.visit(option, (code, from, length) -> seen.add(code)))
                .isFalse();
        assertThat(seen).isEmpty();
        assertThat(SubOptions.last(option, 6)).isNull();
        assertThat(SubOptions.withoutEmpty(option, 12)).isSameAs(option);
    }

    @ParameterizedTest(name = "{0}: subscriber {1}, relay {2}")
    @CsvSource({
        // RFC 3993 section 3: text; RFC 6925 section 5: a DUID
        "06 04 6c696e65 0c 04 00030001,       6c696e65, 00030001",
        // none, and one without a value
        "01 01 05 06 00,                      ,         ",
        // twice: what the last agent added
        "06 01 61 06 01 62,                   62,       ",
        "06 01 61 06 00,                      ,         "
    })
    void idsAreFoundWhereTheyStand(String option82, String subscriber, String relay) {
        assertThat(said(option82).subscriberId()).isEqualTo(subscriber == null ? null : hex(subscriber));
        assertThat(said(option82).relayId()).isEqualTo(relay == null ? null : hex(relay));
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        "97 01 ff 98 00 01 01 05, 97 01 ff 01 01 05",
        "98 00 97 01 ff 98 00,    97 01 ff",
        // an address of four bytes under the same number is another vendor's sub-option
        "98 04 0a000001,          98 04 0a000001",
        "01 01 05,                01 01 05"
    })
    void onlyEmptyOnesOfThatCodeAreTakenOut(String option82, String left) {
        assertThat(SubOptions.withoutEmpty(hex(option82), 152)).isEqualTo(hex(left));
    }

    @ParameterizedTest(name = "{0} names {1}")
    @CsvSource({
        "97 05 00 626c7565,           blue",
        "97 08 01 00000c00000001,     0x00000c00000001",
        "97 01 ff,                    global",
        // a type that nobody has defined is a network that nobody serves
        "97 02 07 61,                 0x0761",
        "97 00,                       ",
        "01 01 05,                    "
    })
    void aVirtualNetworkIsNamedOrNumbered(String option82, String vpn) {
        VpnId named = said(option82).vpn();
        assertThat(named == null ? null : named.toString()).isEqualTo(vpn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"blue", "customer 7", "0x00000c00000001"})
    void whatIsConfiguredIsWhatIsNamed(String written) {
        VpnId vpn = VpnId.parse(written);
        assertThat(vpn).hasToString(written);
        assertThat(new VpnId(vpn.bytes())).isEqualTo(vpn).isNotEqualTo(VpnId.GLOBAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x00", "0x00000c0000000101", "blau\u00fc", "a\u0000"})
    void whatNoAgentCouldSayIsRefused(String written) {
        assertThatIllegalArgumentException().isThrownBy(() -> VpnId.parse(written));
    }
}
