package io.athena.dhcpd.dhcp.limit;

import static io.athena.dhcpd.dhcp.limit.RateLimiter.Verdict.ADMITTED;
import static io.athena.dhcpd.dhcp.limit.RateLimiter.Verdict.REFUSED;
import static io.athena.dhcpd.dhcp.limit.RateLimiter.Verdict.RETURNING_ONLY;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.RateLimitConfig;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.net.SeededHash;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import io.athena.dhcpd.dhcp.limit.RateLimiter.Verdict;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.PacketFixtures;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Traffic and what becomes of it, with 100 DISCOVERs a second for all and 5 messages for a client. */
class RateLimiterTest {

    private static final List<Link> LINKS = links();
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RateLimiter limiter =
            new TokenRateLimiter(new RateLimitConfig(true, 100, 5), new SeededHash(11), -7 * SECOND);
    private long now = -7 * SECOND;
    private int invented = 1_000_000;

    /** Somewhere to send from. */
    private record Place(RelayInfo relay, String heardOn, Link link) {}

    private static final Place DIRECT = new Place(RelayInfo.NONE, "eth0", LINKS.get(0));
    private static final Place OTHER_LINK = new Place(RelayInfo.NONE, "eth1", LINKS.get(1));

    private static Place port(String circuitId) {
        return new Place(relay(circuitId), "eth0", LINKS.get(0));
    }

    private static RelayInfo relay(@Nullable String circuitId) {
        byte[] circuit = circuitId == null ? null : circuitId.getBytes(US_ASCII);
        return new RelayInfo(Ipv4.parse("10.0.0.1"), null, circuit, null, null, null, 67);
    }

    private static List<Link> links() {
        String toml = """
                [server]
                interface = "eth0"
                [[subnet]]
                network = "10.0.0.0/24"
                [[subnet]]
                network = "10.1.0.0/24"
                """;
        return TopologyCompiler.compile(
                        TomlConfig.parse(toml, Path.of("/x.toml"), List.of(), StandardOptions.registry())
                                .config(),
                        List.of())
                .links();
    }

    private Verdict send(Place place, MessageType type, int client) {
        byte[] mac = {2, 0, (byte) (client >> 24), (byte) (client >> 16), (byte) (client >> 8), (byte) client};
        return send(place, ClientMessage.of(type, 1, MacAddress.of(1, mac)));
    }

    private Verdict send(Place place, ClientMessage message) {
        return limiter.judge(PacketFixtures.received(message), place.relay(), place.heardOn(), place.link(), now);
    }

    private Verdict newcomer(Place place) {
        return send(place, MessageType.DISCOVER, invented++);
    }

    private int admitted(Place place, int newcomers) {
        int admitted = 0;
        for (int i = 0; i < newcomers; i++) {
            admitted += newcomer(place) == ADMITTED ? 1 : 0;
        }
        return admitted;
    }

    @ParameterizedTest(name = "{0} messages a second for {1} s")
    @CsvSource({"1, 20, 20", "5, 20, 100", "6, 20, 105", "50, 20, 105", "1000, 1, 10"})
    void aClientGetsThroughWhatItMaySend(int perSecond, int seconds, int passed) {
        int admitted = 0;
        for (int i = 0; i < perSecond * seconds; i++) {
            admitted += send(DIRECT, MessageType.REQUEST, 1) == ADMITTED ? 1 : 0;
            now += SECOND / perSecond;
        }
        assertThat(admitted).isBetween(passed - 1, passed);
    }

    @ParameterizedTest
    @EnumSource(
            value = MessageType.class,
            names = {"DISCOVER", "REQUEST", "DECLINE", "RELEASE", "INFORM", "BOOTP"})
    void everyKindOfMessageCountsForItsClient(MessageType type) {
        for (int i = 0; i < 5; i++) {
            assertThat(send(DIRECT, type, 1)).isEqualTo(ADMITTED);
        }
        assertThat(send(DIRECT, type, 1)).isEqualTo(REFUSED);
        assertThat(send(DIRECT, type, 2)).isEqualTo(ADMITTED);
    }

    @Test
    void evenTheLowestLimitLetsADialogueThrough() {
        RateLimiter low = new TokenRateLimiter(new RateLimitConfig(true, 1, 1), new SeededHash(1), now);
        for (MessageType type : List.of(MessageType.DISCOVER, MessageType.REQUEST)) {
            ClientMessage message = ClientMessage.of(type, 1, PacketFixtures.CLIENT_MAC);
            assertThat(low.judge(PacketFixtures.received(message), RelayInfo.NONE, "eth0", DIRECT.link(), now))
                    .isEqualTo(ADMITTED);
        }
    }

    @Test
    void whoBorrowsAClientsHardwareAddressElsewhereUsesUpNothingOfIts() {
        for (int i = 0; i < 1_000; i++) {
            send(port("ge-0/0/2"), MessageType.DISCOVER, 1);
            send(DIRECT, MessageType.DISCOVER, 1);
        }
        assertThat(send(port("ge-0/0/1"), MessageType.DISCOVER, 1)).isEqualTo(ADMITTED);
    }

    @Test
    void aClientWithoutAHardwareAddressIsToldApartByItsIdentifier() {
        for (int i = 0; i < 5; i++) {
            assertThat(infiniband((byte) 1)).isEqualTo(ADMITTED);
        }
        assertThat(infiniband((byte) 1)).isEqualTo(REFUSED);
        assertThat(infiniband((byte) 2)).isEqualTo(ADMITTED);
    }

    private Verdict infiniband(byte id) {
        return send(DIRECT, ClientMessage.of(MessageType.REQUEST, 1, null).option(61, (byte) 0, id));
    }

    @Test
    void newcomersAltogetherGetThroughAtTheCommonRate() {
        int admitted = 0;
        for (int i = 0; i < 10_000; i++) {
            admitted += admitted(DIRECT, 1);
            now += SECOND / 1_000;
        }
        assertThat(admitted).isBetween(1_000, 1_000 + 100);
    }

    @Test
    void aRelayPortGetsAQuarterOfTheCommonRate() {
        int admitted = 0;
        for (int i = 0; i < 10_000; i++) {
            admitted += admitted(port("ge-0/0/2"), 1);
            now += SECOND / 1_000;
        }
        assertThat(admitted).isBetween(250, 250 + 25);
    }

    @Test
    void aRelayAgentWithoutOption82IsNoPort() {
        Place town = new Place(relay(null), "eth0", LINKS.get(0));
        int admitted = 0;
        for (int i = 0; i < 10_000; i++) {
            admitted += admitted(town, 1);
            now += SECOND / 1_000;
        }
        assertThat(admitted).isBetween(1_000, 1_000 + 100);
    }

    @Test
    void aFloodIsNotWhatReturningClientsOrOthersPayFor() {
        for (int i = 0; i < 200; i++) {
            assertThat(admitted(port("ge-0/0/2"), 50)).isLessThanOrEqualTo(25);
            assertThat(admitted(DIRECT, 50)).isLessThanOrEqualTo(50);
            assertThat(newcomer(port("ge-0/0/1")))
                    .as("another port of the link")
                    .isEqualTo(ADMITTED);
            assertThat(newcomer(OTHER_LINK)).as("another link").isEqualTo(ADMITTED);
            assertThat(send(DIRECT, MessageType.REQUEST, 1)).as("a renewal").isEqualTo(ADMITTED);
            assertThat(send(DIRECT, MessageType.RELEASE, 2)).isEqualTo(ADMITTED);
            assertThat(send(DIRECT, MessageType.INFORM, 3)).isEqualTo(ADMITTED);
            now += SECOND / 4;
        }
        assertThat(newcomersUntilFull(DIRECT)).isEqualTo(RETURNING_ONLY);
    }

    private Verdict newcomersUntilFull(Place place) {
        Verdict last = ADMITTED;
        for (int i = 0; i < 101 && last == ADMITTED; i++) {
            last = newcomer(place);
        }
        return last;
    }

    @Test
    void bootpCountsAsANewcomerToo() {
        newcomersUntilFull(DIRECT);
        assertThat(send(DIRECT, MessageType.BOOTP, 1)).isEqualTo(RETURNING_ONLY);
    }

    @Test
    void withoutTheSectionOrSwitchedOffThereAreNoLimits() {
        assertThat(RateLimiter.of(null, now)).isSameAs(RateLimiter.UNLIMITED);
        assertThat(RateLimiter.of(new RateLimitConfig(false, 1, 1), now)).isSameAs(RateLimiter.UNLIMITED);
    }
}
