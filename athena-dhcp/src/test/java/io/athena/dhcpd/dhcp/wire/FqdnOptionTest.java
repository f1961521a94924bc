package io.athena.dhcpd.dhcp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.ClientFqdn;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FqdnOptionTest {

    private static ClientFqdn read(String hex) {
        return Objects.requireNonNull(FqdnOption.read(bytes(hex)), "not readable");
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "01 0000 7063,                                 pc,           true,  false, false, false",
        "01 0000 70632e6578616d706c65,                 pc.example,   true,  false, false, true",
        "05 0000 027063076578616d706c6500,             pc.example,   true,  false, true,  true",
        "05 0000 027063,                               pc,           true,  false, true,  false",
        "04 0000 02706300,                             pc,           false, false, true,  true",
        "08 0000 7063,                                 pc,           false, true,  false, false",
        "09 0000 7063,                                 pc,           false, true,  false, false",
        "00 0000,                                      ,             false, false, false, false",
        "01 0000 7063 0a 4552524f52,                   pc-ERROR,     true,  false, false, false",
        "05 0000 066dc3bc6c6c6503 6c616e 00,           xn--mlle-0ra.lan, true, false, true, true",
    })
    void theFlagsAndTheNameAreRead(
            String hex, String name, boolean server, boolean none, boolean canonical, boolean complete) {
        ClientFqdn fqdn = read(hex);
        assertThat(fqdn.name()).isEqualTo(name);
        assertThat(fqdn.serverUpdates()).isEqualTo(server);
        assertThat(fqdn.noUpdates()).isEqualTo(none);
        assertThat(fqdn.canonical()).isEqualTo(canonical);
        assertThat(fqdn.complete()).isEqualTo(complete);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01",
                "01 00",
                "05 0000 4061",
                "05 0000 c000",
                "05 0000 ff",
                "05 0000 0270",
                "05 0000 02706300 00",
                "05 0000 0270630003616263"
            })
    void whatIsTooShortOrNotANameIsAsIfItWereAbsent(String hex) {
        assertThat(FqdnOption.read(bytes(hex))).isNull();
    }

    @ParameterizedTest(name = "{0} gets {1}")
    @CsvSource({
        // Nothing is put into DNS: N; and O where the client wanted S. The client's own name comes back.
        "01 0000 7063,                     0a ffff 7063",
        "00 0000 7063,                     08 ffff 7063",
        "05 0000 027063076578616d706c6500, 0e ffff 027063076578616d706c6500",
        "04 0000 027063076578616d706c6500, 0c ffff 027063076578616d706c6500",
        "08 0000 7063,                     08 ffff 7063",
        "09 0000 7063,                     08 ffff 7063",
        "0c 0000 02706300,                 0c ffff 02706300",
        "00 0000,                          08 ffff",
    })
    void withoutUpdatesTheClientHearsSoInItsOwnEncoding(String asked, String answer) {
        assertThat(FqdnOption.answer(read(asked), null, false)).isEqualTo(bytes(answer));
    }

    @ParameterizedTest(name = "{0}, forward {1}: {2}")
    @CsvSource({
        "01 0000 7063,     true,  01 ffff 70632e6578616d706c65",
        "00 0000 7063,     true,  03 ffff 70632e6578616d706c65",
        "00 0000 7063,     false, 00 ffff 70632e6578616d706c65",
        "01 0000 7063,     false, 02 ffff 70632e6578616d706c65",
        "05 0000 02706300, true,  05 ffff 027063076578616d706c6500",
        "05 0000 02706300, false, 06 ffff 027063076578616d706c6500",
        "04 0000 02706300, true,  07 ffff 027063076578616d706c6500",
        "04 0000 02706300, false, 04 ffff 027063076578616d706c6500",
        "05 0000 027063,   true,  05 ffff 027063076578616d706c6500",
        "00 0000,          true,  03 ffff 70632e6578616d706c65",
        "04 0000,          false, 04 ffff 027063076578616d706c6500",
        // RFC 4702 section 2.1: whoever sets N may not set S, so an S beside N was never a wish to be overridden.
        "08 0000 7063,     true,  03 ffff 70632e6578616d706c65",
        "09 0000 7063,     false, 00 ffff 70632e6578616d706c65",
        "0c 0000 02706300, false, 04 ffff 027063076578616d706c6500",
    })
    void aDecidedNameIsToldWithWhoPutsItIntoDns(String asked, boolean forward, String answer) {
        assertThat(FqdnOption.answer(read(asked), "pc.example", forward)).isEqualTo(bytes(answer));
    }
}
