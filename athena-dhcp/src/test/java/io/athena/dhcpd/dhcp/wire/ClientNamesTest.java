package io.athena.dhcpd.dhcp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientNamesTest {

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "laptop, laptop",
                "My_PC-2, My_PC-2",
                "host.example.com, host.example.com",
                "`John's iPhone`, John-s-iPhone",
                "<script>alert(1)</script>, script-alert-1-script",
                "$(reboot), reboot",
                "../../etc/passwd, etc-passwd",
                "-lead-, lead",
                "a..b, a.b",
                "\u001b[31mred, 31mred",
                "caf\u00e9, xn--caf-dma",
                "M\u00fcllers-PC.lan, xn--mllers-pc-q9a.lan",
                "stra\u00dfe, strasse",
                "\u00c4\u00d6, xn--4ca0b",
                "`John\u2019s MacBook`, John-s-MacBook",
                "pc\ud83d\ude00, pc",
                "xn--caf-dma, xn--caf-dma",
            })
    void aNameIsMadePrintable(String sent, String name) {
        assertThat(ClientNames.hostname(sent.getBytes(StandardCharsets.UTF_8))).isEqualTo(name);
    }

    @Test
    void lineBreaksCannotForgeALogLine() {
        assertThat(ClientNames.hostname("a\r\nERROR b".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("a-ERROR-b");
    }

    @Test
    void theNameEndsAtItsFirstNul() {
        assertThat(ClientNames.hostname("pc\0\0".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("pc");
        assertThat(ClientNames.hostname("pc\0x".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("pc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0\0\0", "../", "---", "...", "<>", "\ud83d\ude00", "\u00a0"})
    void aNameWithNothingUsableIsNone(String sent) {
        assertThat(ClientNames.hostname(sent.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({"6dfc6c6c6572, m-ller", "7063ff, pc", "c3, ", "e4f6fc, ", "636166c3a9, xn--caf-dma", "7063c0ae78, pc-x"
    })
    void bytesThatAreNotTextLeaveAHyphen(String hex, String name) {
        assertThat(ClientNames.hostname(HexFormat.of().parseHex(hex))).isEqualTo(name);
    }

    @Test
    void aLabelThatIsTooLongInItsFormForDnsLosesWhatIsNotAscii() {
        String label = "\u00e4b".repeat(40);
        assertThat(ClientNames.hostname(label.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("b-".repeat(32).substring(0, 63));
    }

    @Test
    void labelsAndNamesAreCutToTheirLimits() {
        assertThat(ClientNames.hostname("a".repeat(255).getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("a".repeat(63));
        String labels = ("b".repeat(63) + ".").repeat(5);
        assertThat(ClientNames.hostname(labels.getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo((".".concat("b".repeat(63))).repeat(3).substring(1));
    }
}
