package io.athena.dhcpd.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What keeps a look-up by client from becoming a walk along all clients. */
class ClientKeyHashTest {

    private static final int CLIENTS = 100_000;

    @Test
    void consecutiveHardwareAddressesDoNotShareHashes() {
        long different = IntStream.range(0, CLIENTS)
                .map(n -> ClientKey.ofHardware(MacAddress.of(1, address(n))).hashCode())
                .distinct()
                .count();

        assertThat(different).isGreaterThan(CLIENTS - 100);
    }

    @Test
    void consecutiveClientIdentifiersDoNotShareHashes() {
        long different = IntStream.range(0, CLIENTS)
                .map(n -> ClientKey.ofClientId(identifier(n)).hashCode())
                .distinct()
                .count();

        assertThat(different).isGreaterThan(CLIENTS - 100);
    }

    @Test
    void identifiersMadeToCollideInPlainPolynomialsDoNot() {
        // "Aa" and "BB" have one hash in the polynomial of strings and arrays, and so has every mixture of them.
        long different = IntStream.range(0, 1 << 12)
                .map(bits -> ClientKey.ofClientId(mixture(bits)).hashCode())
                .distinct()
                .count();

        assertThat(different).isGreaterThan((1 << 12) - 10);
    }

    @Test
    void equalKeysHaveEqualHashes() {
        assertThat(ClientKey.ofBytes(ClientKey.ofClientId(identifier(7)).toBytes())
                        .hashCode())
                .isEqualTo(ClientKey.ofClientId(identifier(7)).hashCode());
    }

    private static byte[] address(int n) {
        return new byte[] {0x00, 0x0c, (byte) 0xf0, (byte) (n >> 16), (byte) (n >> 8), (byte) n};
    }

    private static byte[] identifier(int n) {
        return new byte[] {
            (byte) 0xff, 0, 0, 0, 1, 0, 1, 0x2a, 0x0c, (byte) 0xf0, (byte) (n >> 16), (byte) (n >> 8), (byte) n
        };
    }

    private static byte[] mixture(int bits) {
        byte[] id = new byte[24];
        for (int i = 0; i < 12; i++) {
            boolean one = (bits >> i & 1) == 0;
            id[2 * i] = (byte) (one ? 'A' : 'B');
            id[2 * i + 1] = (byte) (one ? 'a' : 'B');
        }
        return id;
    }
}
