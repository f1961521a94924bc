package io.athena.dhcpd.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArpFramesTest {

    private static final MacAddress SERVER = MacAddress.parse("02:00:00:00:00:01");
    private static final MacAddress CLIENT = MacAddress.parse("00:0b:82:01:fc:42");

    /** Destination, source, type; hardware and protocol type, their sizes, operation; sender; target. */
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.42,"
                + " ffffffffffff 020000000001 0806  0001 0800 06 04 0001  020000000001 0a000001  000000000000 0a00002a",
        "192.0.2.254, 192.0.2.255,"
                + " ffffffffffff 020000000001 0806  0001 0800 06 04 0001  020000000001 c00002fe  000000000000 c00002ff",
    })
    void aProbeAsksEverybodyInTheNameOfTheServer(String sender, String target, String bytes) {
        byte[] frame = dirty();
        ArpFrames.request(frame, SERVER, Ipv4.parse(sender), Ipv4.parse(target));

        assertThat(frame).isEqualTo(bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.42, ffffffffffff 020000000001 0806  0001 0800 06 04 0001  000b8201fc42 0a00002a  ffffffffffff 0a00002a",
        "192.0.2.7, ffffffffffff 020000000001 0806  0001 0800 06 04 0001  000b8201fc42 c0000207  ffffffffffff c0000207",
    })
    void anAnnouncementSaysThatTheClientHasItsAddress(String address, String bytes) {
        byte[] frame = dirty();
        ArpFrames.gratuitous(frame, SERVER, CLIENT, Ipv4.parse(address));

        assertThat(frame).isEqualTo(bytes(bytes));
    }

    @Test
    void anAnswerTellsWhoHasWhichAddress() {
        byte[] reply = bytes("020000000001 000b8201fc42 0806  0001 0800 06 04 0002"
                + "  000b8201fc42 0a00002a  020000000001 0a000001  000000000000000000000000000000000000");

        assertThat(ArpFrames.isArp(reply, reply.length)).isTrue();
        assertThat(new Ipv4(ArpFrames.senderIp(reply))).isEqualTo(Ipv4.parse("10.0.0.42"));
        assertThat(ArpFrames.senderMac(reply)).isEqualTo(CLIENT);
        assertThat(ArpFrames.isFrom(reply, SERVER.toBytes())).isFalse();
        assertThat(ArpFrames.isFrom(reply, CLIENT.toBytes())).isTrue();
    }

    @Test
    void anAnnouncementIsTheServersOwnAlthoughItSpeaksForTheClient() {
        byte[] frame = dirty();
        ArpFrames.gratuitous(frame, SERVER, CLIENT, Ipv4.parse("10.0.0.42"));

        assertThat(ArpFrames.isFrom(frame, SERVER.toBytes())).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "an IPv4 frame, 12, 08, 13, 00",
        "Token Ring, 15, 06, 15, 06",
        "not about IPv4, 17, 01, 17, 01",
        "hardware addresses of eight bytes, 18, 08, 18, 08",
        "protocol addresses of sixteen bytes, 19, 10, 19, 10",
        "a RARP request, 21, 03, 21, 03",
        "no operation, 21, 00, 21, 00",
        "a large operation, 20, 01, 20, 01",
    })
    void whatIsNoArpForIpv4OnEthernetIsNone(String what, int at, String value, int alsoAt, String alsoValue) {
        byte[] frame = dirty();
        ArpFrames.request(frame, SERVER, Ipv4.parse("10.0.0.1"), Ipv4.parse("10.0.0.42"));
        assertThat(ArpFrames.isArp(frame, frame.length)).isTrue();

        frame[at] = (byte) HexFormat.fromHexDigits(value);
        frame[alsoAt] = (byte) HexFormat.fromHexDigits(alsoValue);

        assertThat(ArpFrames.isArp(frame, frame.length)).as(what).isFalse();
    }

    @Test
    void aFrameThatIsCutOffIsNone() {
        byte[] frame = dirty();
        ArpFrames.request(frame, SERVER, Ipv4.parse("10.0.0.1"), Ipv4.parse("10.0.0.42"));

        for (int length = 0; length < ArpFrames.SIZE; length++) {
            assertThat(ArpFrames.isArp(frame, length)).isFalse();
        }
    }

    private static byte[] dirty() {
        byte[] frame = new byte[ArpFrames.SIZE];
        Arrays.fill(frame, (byte) 0xaa);
        return frame;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
