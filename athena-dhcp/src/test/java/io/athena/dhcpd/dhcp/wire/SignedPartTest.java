package io.athena.dhcpd.dhcp.wire;

import static io.athena.dhcpd.dhcp.wire.PacketFixtures.hex;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedPartTest {

    private static final String OPTIONS = "350103 3d0701000b8201fc42 32040a000065 36040a000001";
    private static final String PROOF = "5a1f 010100 000000000000002a 00000007";
    private static final String CODE = "5857174bba8a4b87b91021b2fde8ec5d";
    private static final String NO_CODE = "00000000000000000000000000000000";
    private static final String RELAY_WORDS = "5206 0104 65746830";

    @Test
    void theCodeAndWhatRelayAgentsWriteCountAsZero() {
        byte[] message = throughARelayAgent(request(OPTIONS + PROOF + CODE + "ff"));

        assertThat(SignedPart.of(message)).containsExactly(request(OPTIONS + PROOF + NO_CODE + "ff"));
        assertThat(message[3]).as("what was received stays as it is").isEqualTo((byte) 2);
    }

    @ParameterizedTest
    @CsvSource({
        // What the client padded with, what the relay agent left behind END.
        "0000, 0000",
        "0000, ''",
        "'', ''",
        "'', 0000",
        "'', 00000000000000000000",
        "00000000000000000000, ''"
    })
    void theClientsMessageIsAmongThoseThatARelayAgentCanHaveMadeThisOneOf(String padding, String left) {
        byte[] sent = request(OPTIONS + PROOF + NO_CODE + "ff" + padding);
        byte[] relayed = throughARelayAgent(request(OPTIONS + PROOF + CODE + RELAY_WORDS + "ff" + left));
        boolean lost = !left.equals(padding) && sent.length > 300;

        assertThat(SignedPart.of(relayed).stream().anyMatch(each -> Arrays.equals(each, sent)))
                .isEqualTo(!lost);
        assertThat(SignedPart.of(relayed)).hasSizeLessThan(4);
    }

    @Test
    void theOrderOfTheOthersStaysWhereverOption82Stands() {
        byte[] sent = request(OPTIONS + PROOF + NO_CODE + "0c0161 ff");

        assertThat(SignedPart.of(request(RELAY_WORDS + OPTIONS + PROOF + CODE + "0c0161 ff")))
                .contains(sent);
        assertThat(SignedPart.of(request(OPTIONS + RELAY_WORDS + PROOF + CODE + RELAY_WORDS + "0c0161 ff")))
                .contains(sent);
    }

    @Test
    void aMessageWithoutEndIsTakenAsItIs() {
        assertThat(SignedPart.of(request(OPTIONS + PROOF + CODE))).containsExactly(request(OPTIONS + PROOF + NO_CODE));
        assertThat(SignedPart.of(request(OPTIONS + PROOF + CODE + RELAY_WORDS)))
                .contains(request(OPTIONS + PROOF + NO_CODE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // None; twice; too short for a code; in two pieces.
                "350103 ff",
                "350103" + PROOF + CODE + PROOF + CODE + "ff",
                "350103 5a0b 010100 000000000000002a ff",
                "350103 5a0f 010100 000000000000002a 00000007 5a10" + CODE + "ff 5a"
            })
    void nothingIsSignedWhereTheCodeDoesNotStandOnceAndWhole(String options) {
        byte[] message = request(options);

        assertThat(SignedPart.of(message)).isEmpty();
    }

    private static byte[] throughARelayAgent(byte[] message) {
        byte[] relayed = message.clone();
        relayed[3] = 2;
        System.arraycopy(hex("0a000901"), 0, relayed, 24, 4);
        return relayed;
    }
}
