package io.athena.dhcpd.app.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramesTest {

    /** IPv4 and UDP from 10.0.0.2:67 to 10.0.0.1:67 around four bytes. */
    private static final String IP =
            "45000020 00000000 40110000 0a000002 0a000001" + "0043 0043 000c 0000" + "c0ffee01";

    @ParameterizedTest
    @CsvSource({
        "1, ffffffffffff 020000000001 0800",
        "1, ffffffffffff 020000000001 8100 0064 0800",
        "1, ffffffffffff 020000000001 88a8 0064 8100 00c8 0800",
        "0, 02000000",
        "108, 00000002",
        "101, ''",
        "228, ''",
        "113, 0000 0001 0006 020000000001 0000 0800",
        "276, 0800 0000 00000002 0001 00 06 020000000001 0000",
    })
    void theDatagramIsFoundBehindEveryKindOfHeader(int linkType, String header) {
        Datagram found = Objects.requireNonNull(Frames.datagram(linkType, hex(header + IP)));
        assertThat(found.source()).hasToString("10.0.0.2");
        assertThat(found.target()).hasToString("10.0.0.1");
        assertThat(found.sourcePort()).isEqualTo(67);
        assertThat(found.targetPort()).isEqualTo(67);
        assertThat(found.payload()).isEqualTo(hex("c0ffee01"));
    }

    @Test
    void optionsOfIpAndPaddingOfEthernetAreNoPayload() {
        String withOptions =
                "46000024 00000000 40110000 0a000002 0a000001 01010101" + "0044 0043 000c 0000" + "c0ffee01";
        Datagram found = Objects.requireNonNull(
                Frames.datagram(1, hex("ffffffffffff0200000000010800" + withOptions + "00".repeat(20))));
        assertThat(found.payload()).isEqualTo(hex("c0ffee01"));
    }

    @ParameterizedTest
    @CsvSource({
        "TCP, 45000020 00000000 40060000 0a000002 0a000001 0043 0043 000c 0000 c0ffee01",
        "a first fragment, 45000020 00002000 40110000 0a000002 0a000001 0043 0043 000c 0000 c0ffee01",
        "a later fragment, 45000020 00000001 40110000 0a000002 0a000001 0043 0043 000c 0000 c0ffee01",
        "IPv6, 60000020 00000000 40110000 0a000002 0a000001 0043 0043 000c 0000 c0ffee01",
        "cut off in UDP, 45000020 00000000 40110000 0a000002 0a000001 0043",
        "cut off in IP, 450000",
        "nothing, ''",
    })
    void whatIsNoDatagramIsPassedOver(String what, String packet) {
        assertThat(Frames.datagram(Frames.RAW_IP, hex(packet))).as(what).isNull();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
