package io.athena.dhcpd.dhcp.auth;

import static io.athena.dhcpd.dhcp.wire.PacketFixtures.CLIENT_MAC;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.encode;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.dhcp.wire.Header;
import io.athena.dhcpd.dhcp.wire.Reply;
import io.athena.dhcpd.dhcp.wire.Seal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SignerTest {

    private static final String HEAD = "0201060000003d1d00008000" + "00000000" + "c0a8000a" + "c0a80001";
    private static final String REST = "000b8201fc42" + "00".repeat(10)
            + "686f7374" + "00".repeat(60)
            + "626f6f742e30" + "00".repeat(122)
            + "63825363"
            + "350102" + "3604c0a80001" + "330400000e10" + "0104ffffff00"
            + "5a1f" + "010100" + "6b49d20100000001" + "00000007";
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

    /**
     * The code is that of {@code openssl dgst -md5 -mac HMAC -macopt hexkey:000102030405060708090a0b0c0d0e0f} over the
     * message without giaddr and option 82: HEAD, 00000000, REST, zeros for the code, ff, and zeros up to 300 bytes.
     */
    @Test
    void aSealedOfferIsTheseBytes() {
        SharedSecret secret = new SharedSecret(7, hex("000102030405060708090a0b0c0d0e0f"));
        Seal seal = new Fixed(AuthOption.unsigned(7, 0x6b49d20100000001L), secret);

        byte[] bytes = encode(offer(576).sealed(seal));

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(HEAD + "0a010001" + REST + "5d81968653e896f64870aa588dde8184" + "5203010105" + "ff");
    }

    @Test
    void theCodeStandsInTheOptionsFieldHoweverCrowdedTheReplyIs() {
        SharedSecret secret = new SharedSecret(7, hex("000102030405060708090a0b0c0d0e0f"));
        Seal seal = new Fixed(AuthOption.unsigned(7, 1), secret);
        OptionSet options = OptionSet.builder()
                .putAll(offer(576).options())
                .put(224, new byte[200])
                .put(225, new byte[100])
                .put(82, new byte[60])
                .build();
        Reply reply = new Reply(HEADER, MessageType.ACK, new byte[0], new byte[0], options, 576).sealed(seal);

        byte[] bytes = encode(reply);

        assertThat(bytes.length).isLessThanOrEqualTo(576 - 28);
        int relayAgentAt = bytes.length - 63;
        int codeAt = relayAgentAt - 16;
        assertThat(HexFormat.of().formatHex(bytes, codeAt - 17, codeAt))
                .isEqualTo("5a1f" + "010100" + "0000000000000001" + "00000007");
        byte[] toClient = Arrays.copyOf(bytes, relayAgentAt + 1);
        Arrays.fill(toClient, codeAt, relayAgentAt, (byte) 0);
        Arrays.fill(toClient, 24, 28, (byte) 0);
        toClient[relayAgentAt] = (byte) 255;
        assertThat(Arrays.copyOfRange(bytes, codeAt, relayAgentAt))
                .isEqualTo(secret.codeOver(ByteBuffer.wrap(toClient)));
    }

    private static Reply offer(int maxSize) {
        OptionSet options = OptionSet.builder()
                .put(54, hex("c0a80001"))
                .put(51, hex("00000e10"))
                .put(82, hex("010105"))
                .put(1, hex("ffffff00"))
                .build();
        return new Reply(HEADER, MessageType.OFFER, ascii("host"), ascii("boot.0"), options, maxSize);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private record Fixed(byte[] value, SharedSecret secret) implements Seal {
        @Override
        public byte[] codeOver(ByteBuffer message) {
            return secret.codeOver(message);
        }
    }
}
