package io.athena.dhcpd.dhcp.auth;

import static io.athena.dhcpd.dhcp.wire.PacketFixtures.hex;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthOptionTest {

    private static final String CODE = "5857174bba8a4b87b91021b2fde8ec5d";

    @Test
    void aRequestForAuthenticationProvesNothing() {
        AuthOption option = AuthOption.read(hex("010100 0000000000000000"));

        assertThat(option).isNotNull();
        assertThat(option.isProof()).isFalse();
    }

    @Test
    void aProofHasCounterSecretIdAndCode() {
        AuthOption option = AuthOption.read(hex("010100 ffffffffffffff2a fffffff7" + CODE));

        assertThat(option).isNotNull();
        assertThat(option.isProof()).isTrue();
        assertThat(option.counter()).isEqualTo(0xffffffffffffff2aL);
        assertThat(option.secretId()).isEqualTo(0xfffffff7);
        assertThat(option.code()).isEqualTo(hex(CODE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01",
                // Protocol 0 (a token), algorithm 0, another replay detection method.
                "000000 0000000000000000",
                "010000 0000000000000000",
                "010101 0000000000000000",
                // Lengths between those of a request and of a proof, and beyond.
                "010100 00000000000000",
                "010100 0000000000000000 00000001",
                "010100 0000000000000000 00000001" + CODE + "00"
            })
    void whatIsOfAnotherProtocolOrLengthIsAsGoodAsNone(String value) {
        assertThat(AuthOption.read(hex(value))).isNull();
    }

    @Test
    void anUnsignedValueEndsInZeros() {
        assertThat(AuthOption.unsigned(7, 0x6b49d20100000001L))
                .isEqualTo(hex("010100 6b49d20100000001 00000007" + "00".repeat(16)));
    }
}
