package io.athena.dhcpd.dhcp.auth;

import static io.athena.dhcpd.dhcp.wire.PacketFixtures.hex;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.AuthenticationKey;
import io.athena.dhcpd.core.config.Secret;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.lease.Wishes;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyringTest {

    private static final Cidr NETWORK = Cidr.parse("10.0.0.0/24");
    private static final MacAddress MAC = MacAddress.parse("00:0b:82:01:fc:42");
    private static final ClientRequest BY_ID = client(hex("01000b8201fc42"));
    private static final ClientRequest BY_MAC = client(null);

    /** The request of {@code SignedPartTest} with zeros for its code, 300 bytes. */
    private static final byte[] MESSAGE = request("350103 3d0701000b8201fc42 32040a000065 36040a000001"
            + "5a1f 010100 000000000000002a 00000007" + "00".repeat(16) + "ff 0000");

    /** The message piped into {@code openssl dgst -md5 -mac HMAC -macopt hexkey:000102030405060708090a0b0c0d0e0f}. */
    private static final byte[] CODE = hex("5857174bba8a4b87b91021b2fde8ec5d");

    @Test
    void aCodeIsTheHmacOfTheWholeMessage() {
        Keyring keys = new Keyring(List.of(key(7, "0x000102030405060708090a0b0c0d0e0f")), NETWORK);

        assertThat(keys.find(BY_ID, 7).made(CODE, List.of(new byte[3], MESSAGE)))
                .isTrue();
        assertThat(keys.find(BY_ID, 7).made(CODE, List.of())).isFalse();
        assertThat(keys.find(BY_ID, 8)).isNull();
        for (int i = 0; i < CODE.length; i++) {
            byte[] other = CODE.clone();
            other[i] ^= 1;
            assertThat(keys.find(BY_ID, 7).made(other, List.of(MESSAGE))).isFalse();
        }
    }

    /** The bytes of identifier and subnet address, 01000b8201fc42 0a000000, piped into openssl with the master key. */
    @Test
    void aMasterKeyGivesEachClientItsOwn() {
        AuthenticationKey master =
                new AuthenticationKey(1, 3, new Secret("the operator keeps this one"), true, null, null);
        Keyring keys = new Keyring(List.of(master), NETWORK);
        byte[] derived = hex("1fb95c1f14fc3e951c07331cf2dab4ca");
        byte[] code = HmacMd5.of(derived, ByteBuffer.wrap(MESSAGE));

        assertThat(keys.first(BY_ID).made(code, List.of(MESSAGE))).isTrue();
        assertThat(keys.first(BY_MAC).made(code, List.of(MESSAGE)))
                .as("hardware type and address stand in for the identifier")
                .isTrue();
        assertThat(keys.first(client(hex("01000b8201fc43"))).made(code, List.of(MESSAGE)))
                .isFalse();
        assertThat(new Keyring(List.of(master), Cidr.parse("10.0.1.0/24"))
                        .first(BY_ID)
                        .made(code, List.of(MESSAGE)))
                .isFalse();
    }

    @Test
    void aClientWithKeysOfItsOwnHasNoOther() {
        AuthenticationKey common = key(1, "everybody knows this");
        AuthenticationKey byId = new AuthenticationKey(2, 2, new Secret("own"), false, hex("01000b8201fc42"), null);
        AuthenticationKey byMac = new AuthenticationKey(3, 3, new Secret("own"), false, null, MAC);

        assertThat(ids(BY_ID, common, byId)).isEqualTo("2");
        assertThat(ids(BY_MAC, common, byMac)).isEqualTo("3");
        assertThat(ids(BY_ID, common, byMac, byId)).as("identifier before MAC").isEqualTo("2");
        assertThat(ids(client(hex("aabb")), common, byId)).isEqualTo("1");
        assertThat(new Keyring(List.of(byId), NETWORK).first(client(hex("aabb"))))
                .isNull();
    }

    @Test
    void theFirstKeyInTheFileIsOfferedAndTheOthersAreTaken() {
        Keyring keys = new Keyring(List.of(key(2, "new"), key(1, "old")), NETWORK);

        assertThat(keys.first(BY_ID).id()).isEqualTo(2);
        assertThat(keys.find(BY_ID, 1)).isNotNull();
    }

    /** Which of the ids 1 to 3 a client may use. */
    private static String ids(ClientRequest client, AuthenticationKey... keys) {
        Keyring keyring = new Keyring(List.of(keys), NETWORK);
        StringBuilder ids = new StringBuilder();
        for (int id = 1; id <= 3; id++) {
            ids.append(keyring.find(client, id) == null ? "" : id);
        }
        return ids.toString();
    }

    private static AuthenticationKey key(int id, String secret) {
        return new AuthenticationKey(1, id, new Secret(secret), false, null, null);
    }

    private static ClientRequest client(byte @Nullable [] clientId) {
        MacAddress mac = clientId == null || HexFormat.of().formatHex(clientId).endsWith("fc42") ? MAC : null;
        return new ClientRequest(
                MessageType.REQUEST,
                1,
                clientId == null ? ClientKey.ofHardware(MAC) : ClientKey.ofClientId(clientId),
                mac,
                clientId,
                Ipv4.ANY,
                null,
                null,
                false,
                -1,
                Wishes.NONE,
                null,
                null,
                null,
                null,
                null,
                RelayInfo.NONE);
    }
}
