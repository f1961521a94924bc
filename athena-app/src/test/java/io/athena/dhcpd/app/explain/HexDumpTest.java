package io.athena.dhcpd.app.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HexDumpTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01010600c0ffee",
                "0x01010600C0FFEE",
                "01 01 06 00 c0 ff ee",
                "01:01:06:00:c0:ff:ee",
                "01-01-06-00-c0-ff-ee",
                "0x01, 0x01, 0x06, 0x00, 0xc0, 0xff, 0xee",
                "  01010600\n  c0ffee\n"
            })
    void digitsAreTakenHoweverTheyAreWritten(String text) {
        assertThat(HexFormat.of().formatHex(HexDump.parse(text))).isEqualTo("01010600c0ffee");
    }

    @Test
    void aDumpOfTcpdumpLosesOffsetsTextAndTheLineAboutThePacket() {
        String dump = """
                12:00:00.000000 IP 0.0.0.0.68 > 255.255.255.255.67: BOOTP/DHCP, Request, length 300
                \t0x0000:  4500 0148 0000 0000 4011 79a6 0000 0000  E..H....@.y.....
                \t0x0010:  ffff ffff 0044 0043 01                   .....D.C.
                """;
        assertThat(HexFormat.of().formatHex(HexDump.parse(dump)))
                .isEqualTo("45000148000000004011" + "79a600000000ffffffff0044004301");
    }

    @Test
    void aDumpOfHexdumpLosesOffsetsAndText() {
        String dump = """
                00000000  01 01 06 00 00 00 3d 1d  00 00 00 00 00 00 00 00  |......=.........|
                00000010  63 82 53 63                                       |c.Sc|
                00000014
                """;
        assertThat(HexFormat.of().formatHex(HexDump.parse(dump)))
                .isEqualTo("0101060000003d1d" + "00".repeat(8) + "63825363");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "0102zz|'z' after 4 hex digits is no hex digit",
                "01020|there are 5 hex digits, an odd number",
                "\" \"|there are no hex digits",
            })
    void whatIsNoHexIsToldWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> HexDump.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
