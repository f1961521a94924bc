package io.athena.dhcpd.dhcp.wire;

import static io.athena.dhcpd.dhcp.wire.PacketFixtures.CLIENT_MAC;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.encode;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PacketWriterTest {

    private static final Header HEADER = new Header(
            Header.REPLY,
            1,
            CLIENT_MAC,
            0,
            0x3d1d,
            0,
            0x8000,
            Ipv4.ANY,
            Ipv4.parse("192.168.0.10"),
            Ipv4.parse("192.168.0.1"),
            Ipv4.parse("10.1.0.1"));
    private static final byte[] NONE = {};

    @Test
    void anOfferIsTheseBytes() {
        OptionSet options = OptionSet.builder()
                .put(54, hex("c0a80001"))
                .put(51, hex("00000e10"))
                .put(82, hex("010105"))
                .put(1, hex("ffffff00"))
                .build();

        byte[] bytes = encode(new Reply(HEADER, MessageType.OFFER, ascii("host"), ascii("boot.0"), options, 576));

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("0201060000003d1d00008000" + "00000000" + "c0a8000a" + "c0a80001" + "0a010001"
                        + "000b8201fc42" + "00".repeat(10)
                        + "686f7374" + "00".repeat(60)
                        + "626f6f742e30" + "00".repeat(122)
                        + "63825363"
                        + "350102" + "3604c0a80001" + "330400000e10" + "0104ffffff00" + "5203010105" + "ff"
                        + "00".repeat(33));
    }

    @Test
    void everyReplyHasAtLeast300Bytes() {
        assertThat(encode(new Reply(HEADER, MessageType.NAK, NONE, NONE, OptionSet.EMPTY, 576)))
                .hasSize(300);
    }

    @Test
    void aClientWithoutHardwareAddressGetsHlenZero() {
        Header header = new Header(Header.REPLY, 32, null, 0, 1, 0, 0x8000, Ipv4.ANY, Ipv4.ANY, Ipv4.ANY, Ipv4.ANY);

        byte[] bytes = encode(new Reply(header, MessageType.OFFER, NONE, NONE, OptionSet.EMPTY, 576));

        assertThat(Arrays.copyOf(bytes, 4)).containsExactly(2, 32, 0, 0);
        assertThat(Arrays.copyOfRange(bytes, 28, 44)).containsOnly(0);
    }

    @Test
    void aValueOf255BytesIsOnePieceAndALongerOneSeveral() {
        byte[] edge = filled(255, 7);
        byte[] longer = filled(600, 9);
        OptionSet options = OptionSet.builder()
                .put(224, edge)
                .put(225, longer)
                .put(226, NONE)
                .build();

        byte[] bytes = encode(new Reply(HEADER, MessageType.ACK, NONE, NONE, options, 1500));

        String hex = HexFormat.of().formatHex(bytes, 243, bytes.length);
        assertThat(hex)
                .isEqualTo("e0ff" + "07".repeat(255) + "e1ff" + "09".repeat(255) + "e1ff" + "09".repeat(255) + "e15a"
                        + "09".repeat(90) + "e200" + "ff");
        assertThat(decoded(bytes).options().get(225)).isEqualTo(longer);
    }

    @Test
    void whatDoesNotFitGoesToFileAndThenToSname() {
        OptionSet options = OptionSet.builder()
                .put(54, hex("c0a80001"))
                .put(224, filled(200, 1))
                .put(225, filled(100, 2))
                .put(226, filled(60, 3))
                .put(227, filled(60, 4))
                .build();

        byte[] bytes = encode(new Reply(HEADER, MessageType.ACK, NONE, NONE, options, 576));

        assertThat(bytes.length).isLessThanOrEqualTo(548);
        assertThat(HexFormat.of().formatHex(bytes, 240, 246)).isEqualTo("350105" + "340103");
        assertThat(bytes[108]).as("225 in file").isEqualTo((byte) 225);
        assertThat(bytes[44]).as("227 in sname").isEqualTo((byte) 227);
        DhcpPacket reply = decoded(bytes);
        options.forEach((value, code) -> assertThat(reply.options().get(code)).isEqualTo(value));
    }

    @Test
    void serverNameAndBootFileAreNotOverwrittenByOptions() {
        OptionSet options = OptionSet.builder()
                .put(224, filled(250, 1))
                .put(225, filled(100, 2))
                .put(226, filled(10, 3))
                .build();

        DhcpPacket reply =
                decoded(encode(new Reply(HEADER, MessageType.ACK, ascii("host"), ascii("boot.0"), options, 576)));

        assertThat(reply.sname()).asString().isEqualTo("host");
        assertThat(reply.file()).asString().isEqualTo("boot.0");
        assertThat(reply.options().contains(225)).as("left out whole").isFalse();
        assertThat(reply.options().get(226)).isEqualTo(filled(10, 3));
    }

    @Test
    void aBootFieldThatAnOptionRepeatsMakesRoomForOthers() {
        OptionSet options = OptionSet.builder()
                .put(224, filled(250, 1))
                .put(225, filled(100, 2))
                .put(67, ascii("boot.0"))
                .build();

        DhcpPacket reply =
                decoded(encode(new Reply(HEADER, MessageType.ACK, ascii("host"), ascii("boot.0"), options, 576)));

        assertThat(reply.sname()).asString().as("no option says it").isEqualTo("host");
        assertThat(reply.file()).as("options").isEmpty();
        assertThat(reply.options().get(67)).asString().isEqualTo("boot.0");
        assertThat(reply.options().get(225)).isEqualTo(filled(100, 2));
    }

    @Test
    void relayInformationStaysLastInTheOptionsFieldHoweverCrowded() {
        OptionSet options = OptionSet.builder()
                .put(82, filled(200, 8))
                .put(54, hex("c0a80001"))
                .put(224, filled(100, 1))
                .put(225, filled(100, 2))
                .build();

        byte[] bytes = encode(new Reply(HEADER, MessageType.ACK, NONE, NONE, options, 576));

        String field = HexFormat.of().formatHex(bytes, 240, bytes.length);
        assertThat(field).endsWith("52c8" + "08".repeat(200) + "ff");
        assertThat(decoded(bytes).options().get(224)).isEqualTo(filled(100, 1));
    }

    @Test
    void aValueThatIsSplitAnywayMaySpreadOverTheFields() {
        byte[] value = new byte[400];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) i;
        }
        OptionSet options =
                OptionSet.builder().put(54, hex("c0a80001")).put(121, value).build();

        byte[] bytes = encode(new Reply(HEADER, MessageType.ACK, NONE, NONE, options, 576));

        assertThat(bytes.length).isLessThanOrEqualTo(548);
        assertThat(decoded(bytes).options().get(121)).isEqualTo(value);
    }

    @Test
    void aBootpReplyHasNoMessageTypeAndNothingBeyondTheVendorArea() {
        OptionSet options = OptionSet.builder()
                .put(1, hex("ffffff00"))
                .put(3, hex("c0a80001"))
                .put(15, filled(80, 'x'))
                .put(12, ascii("pc"))
                .build();

        byte[] bytes = encode(new Reply(HEADER, MessageType.BOOTP, NONE, NONE, options, 1500));

        assertThat(bytes).hasSize(300);
        assertThat(HexFormat.of().formatHex(bytes, 236, 257))
                .isEqualTo("63825363" + "0104ffffff00" + "0304c0a80001" + "0c027063" + "ff");
        assertThat(Arrays.copyOfRange(bytes, 257, 300)).containsOnly(0);
    }

    private static DhcpPacket decoded(byte[] bytes) {
        return (DhcpPacket) PacketDecoder.decodeReply(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
