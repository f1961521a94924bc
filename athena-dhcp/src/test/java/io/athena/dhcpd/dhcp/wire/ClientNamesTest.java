package io.athena.dhcpd.dhcp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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
                "caf\u00e9, caf",
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
    @ValueSource(strings = {"", "\0\0\0", "../", "---", "...", "<>", "\u00e4\u00f6"})
    void aNameWithNothingUsableIsNone(String sent) {
        assertThat(ClientNames.hostname(sent.getBytes(StandardCharsets.UTF_8))).isNull();
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
