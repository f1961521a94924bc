package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.engine.ConflictDesk;
import io.athena.dhcpd.core.engine.ConflictDesk.Outcome;
import io.athena.dhcpd.core.engine.ConflictProbe;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.EventPublisher;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.store.StoreSettings;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conflicts and exclusions through the whole service, with a real store. */
class ConflictDeskTest {

    private static final Ipv4 FIRST = Ipv4.parse("127.0.1.1");
    private static final Outcome DONE = new Outcome(true, "");

    private static final String LOCAL = """
            [[subnet]]
            network = "127.0.0.0/16"
              [[subnet.pool]]
              range_start = "127.0.1.1"
              range_end = "127.0.1.50"
            """;

    private static final String FAR = """
            [[subnet]]
            network = "10.9.0.0/16"
              [[subnet.pool]]
              range_start = "10.9.1.0"
              range_end = "10.9.5.0"
            """;

    @TempDir
    Path folder;

    private final Meters meters = new Meters();
    private final BlockingQueue<DomainEvent> events = new LinkedBlockingQueue<>();
    private final Clock clock = new Clock();
    private int port;
    private LoopbackClient client;
    private LeaseStore store;
    private DhcpService service;

    /** The machine's clock, which a test puts forward; no DISCOVER grows stale by it, however slow the machine is. */
    private static final class Clock implements TimeSource {
        private volatile long ahead;

        @Override
        public long epochSeconds() {
            return TimeSource.system().epochSeconds() + ahead;
        }

        @Override
        public long nanoTime() {
            return 0;
        }
    }

    private final class Listening implements EventPublisher {
        @Override
        public boolean hears(EventType type) {
            return type == EventType.CONFLICT_DECLINE || type == EventType.CONFLICT_RESOLVED;
        }

        @Override
        public void publish(DomainEvent event) {
            events.add(event);
        }
    }

    /** A store in which the exclusion of an address cannot be understood. */
    private record Garbled(RecoveredState rest) implements RecoveredState {
        @Override
        public void forEachLease(Visitor visitor) {
            rest.forEachLease(visitor);
        }

        @Override
        public void forEachConflict(Visitor visitor) {
            rest.forEachConflict(visitor);
        }

        @Override
        public void forEachExclusion(Visitor visitor) {
            visitor.image(FIRST.bits(), new byte[] {(byte) 0xff, 0x7f, 0x00});
        }

        @Override
        public List<Integer> damaged() {
            return List.of();
        }

        @Override
        public boolean caution() {
            return rest.caution();
        }

        @Override
        public long newestTime() {
            return rest.newestTime();
        }

        @Override
        public long lastSequence() {
            return rest.lastSequence();
        }

        @Override
        public List<String> findings() {
            return rest.findings();
        }
    }

    @BeforeEach
    void start() throws Exception {
        port = FreePorts.udp();
        client = new LoopbackClient(port);
        open(false);
    }

    @AfterEach
    void stop() {
        shut();
        client.close();
    }

    private void open(boolean garbled) throws Exception {
        store = LeaseStore.open(folder.resolve("store"), StoreSettings.DEFAULT, meters, clock);
        service = new DhcpService(
                config(LOCAL + FAR),
                rules(),
                store.journal(),
                garbled ? new Garbled(store.recovered()) : store.recovered(),
                meters,
                clock,
                new Companions(ConflictProbe.NONE, new Listening(), NamePolicy.NONE));
        service.start();
    }

    private void shut() {
        service.drain(Duration.ofSeconds(60));
        service.close();
        store.close();
    }

    private static ConflictRules rules() {
        return new ConflictRules(Duration.ofHours(1), 3);
    }

    private AthenaConfig config(String subnets) {
        String toml = """
                [server]
                interface = "lo"
                port = %d
                client_port = %d
                lease_db = "%s"
                """.formatted(port, client.port(), folder.resolve("store")) + subnets;
        ConfigResult result =
                TomlConfig.parse(toml, folder.resolve("config.toml"), List.of(), StandardOptions.registry());
        assertThat(result.config()).as("%s", result.problems()).isNotNull();
        return result.config();
    }

    private static Exclusion exclusion(Ipv4 ip, String reason) {
        return new Exclusion(ip, reason, "root", 0);
    }

    private static <T> T settled(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    private Ipv4 decline(int number) throws Exception {
        Ipv4 address = client.lease(number);
        client.send(
                client.message(MessageType.DECLINE, number).option(50, address).toBytes());
        client.lease(number);
        return address;
    }

    private Ipv4 offered(int number, Ipv4 asked) throws Exception {
        DhcpPacket offer =
                client.exchange(client.message(MessageType.DISCOVER, number).option(50, asked));
        assertThat(offer.type()).isEqualTo(MessageType.OFFER);
        return offer.yiaddr();
    }

    private EventType nextEvent() throws InterruptedException {
        DomainEvent event = events.poll(60, TimeUnit.SECONDS);
        assertThat(event).as("an event within 60 s").isNotNull();
        return event.type();
    }

    private List<Conflict> conflicts() throws Exception {
        List<Conflict> all = new ArrayList<>();
        long cursor = ConflictDesk.START;
        while (cursor != ConflictDesk.END) {
            ConflictDesk.Page page = settled(service.conflicts().page(cursor));
            all.addAll(page.conflicts());
            cursor = page.next();
        }
        return all;
    }

    @Test
    void anExcludedAddressIsGivenToNobodyAlsoAfterARestartUntilItIsIncludedAgain() throws Exception {
        assertThat(settled(service.conflicts().exclude(exclusion(FIRST, "printer"))))
                .isEqualTo(DONE);
        assertThat(client.lease(1)).isEqualTo(FIRST.plus(1));
        shut();
        open(false);
        assertThat(client.lease(2)).isEqualTo(FIRST.plus(2));
        assertThat(settled(service.conflicts().include(FIRST))).isEqualTo(DONE);
        assertThat(client.lease(3)).isEqualTo(FIRST);
        shut();
        open(false);
        assertThat(settled(service.conflicts().include(FIRST)).refusal()).isEqualTo("127.0.1.1 is not excluded");
    }

    @Test
    void theHolderOfAnExcludedAddressHearsNoAtItsNextRequestAndMovesOn() throws Exception {
        Ipv4 held = client.lease(1);
        settled(service.conflicts().exclude(exclusion(held, "printer")));
        assertThat(client.renew(1, held).type()).isEqualTo(MessageType.NAK);
        assertThat(client.lease(1)).isNotEqualTo(held);
    }

    @Test
    void aDeclinedAddressIsListedToldAndCountedUntilAPersonClearsIt() throws Exception {
        Ipv4 declined = decline(1);
        assertThat(conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.ip()).isEqualTo(declined);
            assertThat(conflict.method()).isEqualTo(Conflict.Method.CLIENT_DECLINE);
            assertThat(conflict.responderMac()).isEqualTo(LoopbackClient.mac(1));
        });
        assertThat(events).extracting(DomainEvent::type).contains(EventType.CONFLICT_DECLINE);
        assertThat(meters.counter(DhcpMeter.CONFLICT_DECLINES, "127.0.0.0/16").sum())
                .isEqualTo(1);
        assertThat(settled(service.conflicts().clear(declined))).isEqualTo(DONE);
        assertThat(meters.counter(DhcpMeter.CONFLICTS_RESOLVED, "manual_clear").sum())
                .isEqualTo(1);
        assertThat(offered(9, declined)).isEqualTo(declined);
        shut();
        open(false);
        assertThat(conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.resolved()).isTrue();
            assertThat(conflict.count()).isZero();
        });
    }

    @Test
    void theEndOfAHoldIsToldAlthoughNobodyAsksAlsoWhereItWasWhileNoServerRan() throws Exception {
        Ipv4 declined = decline(1);
        assertThat(nextEvent()).isEqualTo(EventType.CONFLICT_DECLINE);
        shut();
        clock.ahead = Duration.ofHours(2).toSeconds();
        open(false);
        assertThat(nextEvent()).isEqualTo(EventType.CONFLICT_RESOLVED);
        assertThat(conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.ip()).isEqualTo(declined);
            assertThat(conflict.resolved()).isTrue();
            assertThat(conflict.count()).isEqualTo(1);
        });
    }

    @Test
    void anAddressOfNoSubnetIsRefusedWithASentence() throws Exception {
        Outcome refused = new Outcome(false, "192.0.2.1 lies in no configured subnet");
        Ipv4 elsewhere = Ipv4.parse("192.0.2.1");
        assertThat(settled(service.conflicts().clear(elsewhere))).isEqualTo(refused);
        assertThat(settled(service.conflicts().include(elsewhere))).isEqualTo(refused);
        assertThat(settled(service.conflicts().exclude(exclusion(elsewhere, "x"))))
                .isEqualTo(refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two\nlines", "\u001b[31mred", "right\u202eleft"})
    void aReasonThatIsNoneOrWouldSpoilATerminalIsRefused(String reason) throws Exception {
        assertThat(settled(service.conflicts().exclude(exclusion(FIRST, reason)))
                        .done())
                .isFalse();
        assertThat(client.lease(1)).isEqualTo(FIRST);
    }

    @Test
    void aReasonHasAnEnd() throws Exception {
        assertThat(settled(service.conflicts().exclude(exclusion(FIRST, "x".repeat(201))))
                        .refusal())
                .contains("200");
        assertThat(settled(service.conflicts().exclude(exclusion(FIRST, "x".repeat(200)))))
                .isEqualTo(DONE);
    }

    @Test
    void pagesAreBoundedAndGoThroughEveryLink() throws Exception {
        List<CompletableFuture<Outcome>> wishes = new ArrayList<>();
        wishes.add(service.conflicts().exclude(exclusion(FIRST, "printer")));
        for (int i = 0; i < 600; i++) {
            wishes.add(
                    service.conflicts().exclude(exclusion(Ipv4.parse("10.9.1.0").plus(i), "kept")));
        }
        for (CompletableFuture<Outcome> wish : wishes) {
            assertThat(settled(wish)).isEqualTo(DONE);
        }
        List<Ipv4> seen = new ArrayList<>();
        int pages = 0;
        long cursor = ConflictDesk.START;
        while (cursor != ConflictDesk.END) {
            ConflictDesk.Page page = settled(service.conflicts().page(cursor));
            assertThat(page.exclusions()).hasSizeLessThanOrEqualTo(256);
            page.exclusions().forEach(exclusion -> seen.add(exclusion.ip()));
            cursor = page.next();
            pages++;
        }
        assertThat(seen).hasSize(601).doesNotHaveDuplicates();
        assertThat(pages).isEqualTo(4);
        assertThat(settled(service.conflicts().page(7L << 32)).next()).isEqualTo(ConflictDesk.END);
    }

    @Test
    void exclusionsAndConflictsFollowTheirSubnetAwayAndBack() throws Exception {
        Ipv4 declined = decline(1);
        Ipv4 excluded = declined.plus(7);
        settled(service.conflicts().exclude(exclusion(excluded, "printer")));
        service.reload(config(FAR), rules());
        assertThat(conflicts()).isEmpty();
        service.reload(config(LOCAL), rules());
        assertThat(conflicts()).extracting(Conflict::ip).containsExactly(declined);
        assertThat(settled(service.conflicts().include(excluded))).isEqualTo(DONE);
        assertThat(settled(service.conflicts().clear(declined))).isEqualTo(DONE);
    }

    @Test
    void anExclusionThatCannotBeReadStillWithholdsItsAddressUntilAPersonIncludesIt() throws Exception {
        shut();
        open(true);
        assertThat(client.lease(1)).isEqualTo(FIRST.plus(1));
        service.reload(config(FAR), rules());
        service.reload(config(LOCAL), rules());
        assertThat(client.lease(2)).isEqualTo(FIRST.plus(2));
        assertThat(settled(service.conflicts().include(FIRST))).isEqualTo(DONE);
        assertThat(client.lease(3)).isEqualTo(FIRST);
    }
}
