package io.athena.dhcpd.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.net.Ipv4;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoMessagesTest {

    private static final String IP = "45000030 00000000 40010000 c0a8002a 0a000001";

    /** Type and code, checksum, identifier, sequence; token; the name. */
    @ParameterizedTest
    @CsvSource({
        "0x1234, 1, 0x0102030405060708, 0800 974f 1234 0001  0102030405060708  617468656e612d6468637064",
        "0xffff, 0xffff, -1, 0800 b998 ffff ffff  ffffffffffffffff  617468656e612d6468637064",
    })
    void aProbeIsAnEchoRequestWithTokenAndName(String id, String sequence, String token, String bytes) {
        byte[] message = new byte[EchoMessages.SIZE];
        Arrays.fill(message, (byte) 0xaa);
        EchoMessages.request(message, Integer.decode(id), Integer.decode(sequence), Long.decode(token));

        assertThat(HexFormat.of().formatHex(message)).isEqualTo(bytes.replace(" ", ""));
    }

    @Test
    void aReceiverFindsTheChecksumRight() {
        byte[] message = new byte[EchoMessages.SIZE];
        EchoMessages.request(message, 0xbeef, 77, 0xfedcba9876543210L);

        assertThat(WireBytes.folded(WireBytes.sum(message, 0, message.length))).isZero();
    }

    @Test
    void aReplyIsReadBehindItsIpHeader() {
        byte[] packet = bytes(IP + "0000 0000 1234 0007 0102030405060708 6174");

        assertThat(EchoMessages.isReply(packet, packet.length)).isTrue();
        assertThat(new Ipv4(EchoMessages.source(packet))).isEqualTo(Ipv4.parse("192.168.0.42"));
        assertThat(EchoMessages.id(packet)).isEqualTo(0x1234);
        assertThat(EchoMessages.sequence(packet)).isEqualTo(7);
        assertThat(EchoMessages.token(packet)).isEqualTo(0x0102030405060708L);
    }

    @Test
    void optionsInTheIpHeaderAreSteppedOver() {
        byte[] packet = bytes(IP.replaceFirst("45", "46") + "01010101 0000 0000 1234 0007 0102030405060708");

        assertThat(EchoMessages.isReply(packet, packet.length)).isTrue();
        assertThat(EchoMessages.sequence(packet)).isEqualTo(7);
        assertThat(EchoMessages.token(packet)).isEqualTo(0x0102030405060708L);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "IPv6, 0, 65",
        "an IP header that is too short, 0, 44",
        "an IP header that is longer than the packet, 0, 4f",
        "UDP, 9, 11",
        "an echo request, 20, 08",
        "unreachable, 20, 03",
        "an odd code, 21, 01",
    })
    void whatIsNoEchoReplyIsNone(String what, int at, String value) {
        byte[] packet = bytes(IP + "0000 0000 1234 0007 0102030405060708");
        packet[at] = (byte) HexFormat.fromHexDigits(value);

        assertThat(EchoMessages.isReply(packet, packet.length)).as(what).isFalse();
    }

    @Test
    void aReplyWithoutAWholeTokenIsNone() {
        byte[] packet = bytes(IP + "0000 0000 1234 0007 0102030405060708");

        for (int length = 0; length < packet.length; length++) {
            assertThat(EchoMessages.isReply(packet, length)).isFalse();
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
