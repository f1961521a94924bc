package io.athena.dhcpd.core.subnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.MatchConfig;
import io.athena.dhcpd.core.config.MatchKey;
import io.athena.dhcpd.core.net.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {

    /** A client with everything, each part as text or null. */
    private record Client(
            @Nullable MacAddress mac,
            byte @Nullable [] circuitId,
            byte @Nullable [] remoteId,
            byte @Nullable [] vendorClass,
            byte @Nullable [] userClass,
            byte @Nullable [] architecture,
            byte @Nullable [] subscriberId,
            byte @Nullable [] relayId)
            implements ClientTraits {

        static final Client SILENT = new Client(null, null, null, null, null, null, null, null);

        @Override
        public byte @Nullable [] clientId() {
            return null;
        }
    }

    private static Client saying(MatchKey key, byte[] value) {
        return new Client(
                key == MatchKey.MAC ? MacAddress.of(1, value) : null,
                key == MatchKey.CIRCUIT_ID ? value : null,
                key == MatchKey.REMOTE_ID ? value : null,
                key == MatchKey.VENDOR_CLASS ? value : null,
                key == MatchKey.USER_CLASS ? value : null,
                key == MatchKey.ARCHITECTURE ? value : null,
                key == MatchKey.SUBSCRIBER_ID ? value : null,
                key == MatchKey.RELAY_ID ? value : null);
    }

    private static Selector wanting(MatchKey key, String pattern) {
        return Selector.of(new MatchConfig(Map.of(key, pattern), null));
    }

    @ParameterizedTest(name = "{0} {1} on {2}: {3}")
    @CsvSource({
        "CIRCUIT_ID,   eth0/1/*,      657468302f312f37,       true",
        "REMOTE_ID,    0x0006aabb*,   0006aabbccddeeff,       true",
        "SUBSCRIBER_ID, line-47?,     6c696e652d343731,       true",
        "RELAY_ID,     0x0001c000*,   0001c0000201,           true",
        "RELAY_ID,     0x0001c000*,   0002c0000201,           false",
        // 'Cisco', and the same with a NUL at its end
        "VENDOR_CLASS, Cisco,         436973636f,             true",
        "VENDOR_CLASS, Cisco,         436973636f00,           true",
        "VENDOR_CLASS, *,             0000,                   false",
        // RFC 3004: 'iPXE' and 'lab' each behind its length
        "USER_CLASS,   iPXE,          046950584503 6c6162,    true",
        "USER_CLASS,   lab,           046950584503 6c6162,    true",
        "USER_CLASS,   l*b,           046950584503 6c6162,    true",
        "USER_CLASS,   iPXElab,       046950584503 6c6162,    false",
        // 'iPXE' bare, as iPXE itself sends it
        "USER_CLASS,   iPXE,          69505845,               true",
        "USER_CLASS,   iPXE,          6950584500,             true",
        // a length that overruns: the whole value is one class
        "USER_CLASS,   0x05695058*,   0569505845,             true",
        "USER_CLASS,   iPXE,          0569505845,             false",
        "USER_CLASS,   *,             00,                     false",
        "MAC,          aa:bb:cc:*,    aabbcc000001,           true",
        "MAC,          aa:bb:cd:*,    aabbcc000001,           false",
        "MAC,          *:0?,          aabbcc000001,           true",
        "ARCHITECTURE, 7,             0007,                   true",
        "ARCHITECTURE, 7,             0011,                   false",
        "ARCHITECTURE, 1?,            00070010,               true",
        "ARCHITECTURE, *,             000700,                 false"
    })
    void aKeyIsComparedWithWhatTheClientSays(MatchKey key, String pattern, String hex, boolean fits) {
        byte[] value = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(wanting(key, pattern).admits(saying(key, value))).isEqualTo(fits);
    }

    @Test
    void whoSaysNothingOrAnEmptyTextFitsNoPattern() {
        for (MatchKey key : MatchKey.values()) {
            Selector selector = wanting(key, "*");
            assertThat(selector.admits(Client.SILENT)).as("%s absent", key).isFalse();
            if (key != MatchKey.MAC) {
                assertThat(selector.admits(saying(key, new byte[0])))
                        .as("%s empty", key)
                        .isFalse();
            }
        }
        assertThat(Selector.EVERYBODY.admits(Client.SILENT)).isTrue();
    }

    @Test
    void anAddressOfAnotherHardwareTypeIsWrittenWithIt() {
        Client infiniBand =
                new Client(MacAddress.of(32, new byte[] {(byte) 0xaa, 1}), null, null, null, null, null, null, null);
        assertThat(wanting(MatchKey.MAC, "aa:*").admits(infiniBand)).isFalse();
        assertThat(wanting(MatchKey.MAC, "32/aa:*").admits(infiniBand)).isTrue();
    }

    @Test
    void everyKeyHasToFit() {
        Selector both = Selector.of(
                new MatchConfig(Map.of(MatchKey.CIRCUIT_ID, "eth0/1/*", MatchKey.VENDOR_CLASS, "Cisco*"), null));
        assertThat(both.admits(
                        new Client(null, text("eth0/1/7"), null, text("Cisco IP Phone"), null, null, null, null)))
                .isTrue();
        assertThat(both.admits(
                        new Client(null, text("eth0/2/7"), null, text("Cisco IP Phone"), null, null, null, null)))
                .isFalse();
        assertThat(both.admits(new Client(null, text("eth0/1/7"), null, text("Snom"), null, null, null, null)))
                .isFalse();
        assertThat(both.admits(new Client(null, text("eth0/1/7"), null, null, null, null, null, null)))
                .isFalse();
        assertThat(both.keys()).isEqualTo(2);
        assertThat(both.literals()).isEqualTo(12);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
