package io.athena.dhcpd.app.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.engine.Offer;
import io.athena.dhcpd.core.event.EventLog;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayPort;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.history.HistoryDesk;
import io.athena.dhcpd.events.hook.Trial;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlSocketTest {

    private static final ControlReply.Status STATUS =
            new ControlReply.Status("1", 42, 7, true, List.of("eth9"), List.of("no probes"));

    @TempDir
    private Path folder;

    private final FakeDesk desk = new FakeDesk();
    private final FakeConflictDesk conflicts = new FakeConflictDesk();
    private final FakeEventDesk events = new FakeEventDesk();
    private final FakeNamesDesk names = new FakeNamesDesk();
    private final HistoryDesk history = Optional::empty;
    private Path path;
    private ControlServer server;

    @BeforeEach
    void listen() throws IOException {
        path = folder.resolve("control.sock");
        server = ControlServer.open(
                path, new ControlService(desk, conflicts, events, names, history, TimeSource.system(), () -> STATUS));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theSocketIsForItsOwnerAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void aClientHearsHowTheServerIsDoing() throws IOException {
        try (ControlClient client = ControlClient.connect(path)) {
            assertThat(client.ask(new ControlRequest.Status(), ControlReply.Status.class))
                    .isEqualTo(STATUS);
        }
    }

    @Test
    void namesAndTheirComparisonCrossTheSocket() throws IOException {
        try (ControlClient client = ControlClient.connect(path)) {
            assertThat(client.ask(new ControlRequest.Names(), ControlReply.Names.class)
                            .status())
                    .isEqualTo(FakeNamesDesk.STATUS);
            assertThat(client.ask(new ControlRequest.PageNames("10.0.0.5"), ControlReply.UnfinishedNames.class)
                            .names())
                    .containsExactly(FakeNamesDesk.NAMES.get(1));
            assertThat(client.ask(new ControlRequest.Reconciliation(), ControlReply.ComparedNames.class)
                            .reconciliation())
                    .isNull();
            assertThat(client.ask(new ControlRequest.ReconcileNames(true), ControlReply.Outcome.class)
                            .refusal())
                    .isEmpty();
            assertThat(client.ask(new ControlRequest.Reconciliation(), ControlReply.ComparedNames.class)
                            .reconciliation())
                    .isEqualTo(FakeNamesDesk.COMPARED);
            assertThat(client.ask(new ControlRequest.ReconcileNames(true), ControlReply.Outcome.class)
                            .refusal())
                    .contains("running already");
        }
    }

    @Test
    void aLeaseCrossesTheSocketUnchanged() throws IOException {
        Lease lease = FakeDesk.lease("10.0.0.5");
        desk.put(lease);
        try (ControlClient client = ControlClient.connect(path)) {
            ControlReply.Leases found = client.ask(new ControlRequest.FindLease("10.0.0.5"), ControlReply.Leases.class);

            assertThat(found.leases()).hasSize(1);
            assertThat(found.leases().get(0).toLease())
                    .usingRecursiveComparison()
                    .usingOverriddenEquals()
                    .isEqualTo(lease);
        }
    }

    @Test
    void pagesLeadFromTheFirstLeaseToTheLast() throws IOException {
        for (int i = 0; i < 1000; i++) {
            desk.put(FakeDesk.lease(Ipv4.parse("10.0.0.1").plus(i).toString()));
        }
        List<String> seen = new ArrayList<>();
        try (ControlClient client = ControlClient.connect(path)) {
            long cursor = LeaseDesk.START;
            while (cursor != LeaseDesk.END) {
                ControlReply.Leases page =
                        client.ask(new ControlRequest.PageLeases(cursor, 9999), ControlReply.Leases.class);
                assertThat(page.leases()).hasSizeLessThanOrEqualTo(LeaseDesk.MAX_PAGE);
                page.leases().forEach(row -> seen.add(row.ip()));
                cursor = page.next();
            }
        }
        assertThat(seen).hasSize(1000).doesNotHaveDuplicates();
    }

    @Test
    void eachImportedLeaseHasItsOwnOutcome() throws IOException {
        desk.put(FakeDesk.lease("10.0.0.5"));
        List<LeaseRow> rows = List.of(LeaseRow.of(FakeDesk.lease("10.0.0.5")), LeaseRow.of(FakeDesk.lease("10.0.0.6")));
        try (ControlClient client = ControlClient.connect(path)) {
            assertThat(client.ask(new ControlRequest.ImportLeases(rows), ControlReply.Imported.class)
                            .refusals())
                    .containsExactly("held by another client", "");
        }
        assertThat(desk.find(Ipv4.parse("10.0.0.6")).join()).isPresent();
    }

    @Test
    void offersAndHeldAddressesCrossTheSocketUnchanged() throws IOException {
        Cidr subnet = Cidr.parse("10.0.0.0/24");
        MacAddress mac = MacAddress.parse("02:00:00:00:00:01");
        Conflict held = new Conflict(
                Ipv4.parse("10.0.0.8"), subnet, Conflict.Method.CLIENT_DECLINE, mac, 1_000, 2_000, 2, false, false);
        Conflict damaged = new Conflict(
                Ipv4.parse("10.0.0.9"), subnet, Conflict.Method.DAMAGED_RECORD, null, 1_000, 2_000, 1, true, false);
        Offer onPort = new Offer(
                Ipv4.parse("10.0.0.5"),
                ClientKey.ofClientId(new byte[] {1, 2, (byte) 0xff}),
                3_000,
                Ipv4.parse("10.0.0.1"),
                new RelayPort(Ipv4.parse("10.0.0.254"), "\u0000\u00ff", ""),
                new byte[] {'P', 'X', 'E'},
                null);
        Offer plain = new Offer(Ipv4.parse("10.0.0.6"), ClientKey.ofHardware(mac), 3_000, null, null, null, null);
        desk.put(held);
        desk.put(damaged);
        desk.put(onPort);
        desk.put(plain);
        try (ControlClient client = ControlClient.connect(path)) {
            ControlReply.Standing standing =
                    client.ask(new ControlRequest.Standing(LeaseDesk.START), ControlReply.Standing.class);
            assertThat(standing.withheld().stream().map(StandingRow.Hold::toConflict))
                    .containsExactly(held, damaged);
            assertThat(standing.offers().stream().map(StandingRow.Held::toOffer))
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(onPort, plain);
            assertThat(standing.clockDoubted()).isTrue();
            assertThat(standing.next()).isEqualTo(LeaseDesk.END);
        }
    }

    @Test
    void conflictsOverOrNotAndExclusionsCrossTheSocketUnchanged() throws IOException {
        Conflict held = new Conflict(
                Ipv4.parse("10.0.0.8"),
                Cidr.parse("10.0.0.0/24"),
                Conflict.Method.ARP_PROBE,
                MacAddress.parse("aa:bb:cc:11:22:33"),
                1_000,
                2_000,
                2,
                false,
                false);
        Exclusion exclusion = new Exclusion(Ipv4.parse("10.0.0.9"), "a \"printer\" 00e4", "root", 1_500);
        conflicts.conflicts.addAll(List.of(held, held.ended()));
        conflicts.excluded.put(exclusion.ip(), exclusion);
        try (ControlClient client = ControlClient.connect(path)) {
            ControlReply.Conflicts first =
                    client.ask(new ControlRequest.PageConflicts(0), ControlReply.Conflicts.class);
            ControlReply.Conflicts last =
                    client.ask(new ControlRequest.PageConflicts(first.next()), ControlReply.Conflicts.class);
            assertThat(first.conflicts().get(0).toConflict()).isEqualTo(held);
            assertThat(first.exclusions().get(0).toExclusion()).isEqualTo(exclusion);
            assertThat(last.conflicts().get(0).toConflict()).isEqualTo(held.ended());
            assertThat(last.next()).isEqualTo(LeaseDesk.END);
        }
    }

    @Test
    void whoExcludesIsWhomTheKernelKnowsAndNotWhatTheClientClaims() throws IOException {
        String forged = "{\"verb\":\"conflicts.exclude\",\"ip\":\"10.0.0.9\",\"reason\":\"x\",\"who\":\"mallory\"}";
        byte[] bytes = forged.getBytes(StandardCharsets.UTF_8);
        try (UnixSocketChannel raw = UnixSocketChannel.open(new UnixSocketAddress(path.toString()))) {
            raw.write(ByteBuffer.allocate(4 + bytes.length)
                    .putInt(bytes.length)
                    .put(bytes)
                    .flip());
            raw.read(ByteBuffer.allocate(1));
        }
        try (ControlClient client = ControlClient.connect(path)) {
            client.ask(new ControlRequest.Exclude("10.0.0.8", "printer"), ControlReply.Outcome.class);
        }
        String user = ProcessHandle.current().info().user().orElseThrow();
        assertThat(conflicts.excluded.values()).isNotEmpty().allSatisfy(each -> assertThat(each.who())
                .isEqualTo(user));
        assertThat(conflicts.excluded).containsKey(Ipv4.parse("10.0.0.8"));
    }

    @Test
    void aWishThatIsRefusedSaysWhy() throws IOException {
        try (ControlClient client = ControlClient.connect(path)) {
            assertThat(client.ask(new ControlRequest.Include("10.0.0.8"), ControlReply.Outcome.class)
                            .refusal())
                    .isEqualTo("10.0.0.8 is not excluded");
            assertThat(client.ask(new ControlRequest.ClearConflict("10.0.0.8"), ControlReply.Outcome.class)
                            .refusal())
                    .isEqualTo("there is no conflict on 10.0.0.8");
            assertThatThrownBy(() -> client.ask(new ControlRequest.Include("10.0.0"), ControlReply.Outcome.class))
                    .hasMessageContaining("is not an IPv4 address");
        }
    }

    @Test
    void aRefusalReachesTheCaller() throws IOException {
        try (ControlClient client = ControlClient.connect(path)) {
            assertThatThrownBy(() -> client.ask(new ControlRequest.FindLease("10.0.0"), ControlReply.Leases.class))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("'10.0.0' is not an IPv4 address");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "{}",
                "{\"verb\":\"stop\"}",
                "[[[[",
                "{\"verb\":\"leases.find\"}",
                "{\"verb\":\"leases.import\",\"leases\":[null]}",
                "{\"verb\":\"leases.page\"}",
                "null"
            })
    void aFrameThatIsNoRequestIsRefusedAndTheServerGoesOn(String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(4 + bytes.length);
        frame.putInt(bytes.length).put(bytes).flip();

        assertThat(rawAnswer(frame)).contains("\"kind\":\"refused\"");

        aClientHearsHowTheServerIsDoing();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, ControlFrames.MAX_FRAME + 1})
    void aFrameThatWouldBeTooLongIsRefusedBeforeItIsRead(int length) throws IOException {
        assertThat(rawAnswer(ByteBuffer.allocate(4).putInt(0, length))).contains("was announced");
    }

    @Test
    void clientsBeyondTheLimitAreTurnedAwayAndTheOthersServed() throws IOException {
        List<ControlClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                ControlClient client = ControlClient.connect(path);
                clients.add(client);
                client.ask(new ControlRequest.Status(), ControlReply.Status.class);
            }
            try (ControlClient ninth = ControlClient.connect(path)) {
                assertThatThrownBy(() -> ninth.ask(new ControlRequest.Status(), ControlReply.Status.class))
                        .isInstanceOf(IOException.class);
            }
            clients.get(0).ask(new ControlRequest.Status(), ControlReply.Status.class);
        } finally {
            for (ControlClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aSocketThatADeadServerLeftIsReplaced() throws IOException {
        Path stale = folder.resolve("stale.sock");
        try (UnixSocketChannel dead = UnixSocketChannel.create()) {
            dead.bind(new UnixSocketAddress(stale.toString()));
        }
        assertThat(stale).exists();
        assertThat(ControlClient.connect(stale)).isNull();

        try (ControlServer second = ControlServer.open(
                        stale,
                        new ControlService(
                                desk, conflicts, events, names, history, TimeSource.system(), () -> STATUS));
                ControlClient client = ControlClient.connect(stale)) {
            assertThat(second).isNotNull();
            assertThat(client.ask(new ControlRequest.Status(), ControlReply.Status.class))
                    .isEqualTo(STATUS);
        }
    }

    @Test
    void aSecondServerDoesNotTakeTheSocketOfTheFirst() throws IOException {
        assertThatThrownBy(() -> ControlServer.open(
                        path,
                        new ControlService(desk, conflicts, events, names, history, TimeSource.system(), () -> STATUS)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another server answers on " + path);
        aClientHearsHowTheServerIsDoing();
    }

    @Test
    void aClosedServerLeavesNoSocketBehind() throws IOException {
        server.close();

        assertThat(path).doesNotExist();
        assertThat(ControlClient.connect(path)).isNull();
    }

    private String rawAnswer(ByteBuffer request) throws IOException {
        try (UnixSocketChannel raw = UnixSocketChannel.open(new UnixSocketAddress(path.toString()))) {
            while (request.hasRemaining()) {
                raw.write(request);
            }
            ByteBuffer answer = ByteBuffer.allocate(4096);
            while (raw.read(answer) > 0) {
                assertThat(answer.hasRemaining()).isTrue();
            }
            return new String(answer.array(), 4, Math.max(0, answer.position() - 4), StandardCharsets.UTF_8);
        }
    }

    @Test
    void hooksAreShownAndTried() throws IOException {
        try (ControlClient client = ControlClient.connect(path)) {
            assertThat(client.ask(new ControlRequest.Hooks(), ControlReply.Hooks.class)
                            .hooks())
                    .containsExactly(FakeEventDesk.HOOK);
            assertThat(client.ask(new ControlRequest.TestHook("inventory"), ControlReply.Outcome.class)
                            .refusal())
                    .isEmpty();
            assertThat(client.ask(new ControlRequest.TestHook("other"), ControlReply.Outcome.class)
                            .refusal())
                    .isEqualTo("there is no hook 'other'");
            events.trial = Trial.BUSY;
            assertThat(client.ask(new ControlRequest.TestHook("inventory"), ControlReply.Outcome.class)
                            .refusal())
                    .startsWith("hook 'inventory' has too much under way");
        }
        assertThat(events.tested).containsExactly("inventory", "other", "inventory");
    }

    @Test
    void eventsArePagedFromTheLatestBackwards() throws IOException {
        for (int i = 1; i <= 250; i++) {
            EventType type = i % 2 == 0 ? EventType.LEASE_ACK : EventType.CONFLICT_DETECTED;
            byte[] json = ("event " + i).getBytes(StandardCharsets.UTF_8);
            events.append(List.of(new EventLog.Entry(type, i, json)));
        }
        List<String> seen = new ArrayList<>();
        try (ControlClient client = ControlClient.connect(path)) {
            long before = Long.MAX_VALUE;
            while (before > 0) {
                ControlReply.Events page =
                        client.ask(new ControlRequest.PageEvents("", 9999, before), ControlReply.Events.class);
                seen.addAll(page.events());
                before = page.next();
            }
            assertThat(seen).hasSize(250).startsWith("event 250", "event 249").endsWith("event 1");
            assertThat(client.ask(new ControlRequest.PageEvents("conflict.*", 1, 100), ControlReply.Events.class))
                    .isEqualTo(new ControlReply.Events(List.of("event 99"), 99));
            assertThatThrownBy(() ->
                            client.ask(new ControlRequest.PageEvents("lease.acked", 1, 100), ControlReply.Events.class))
                    .hasMessage("'lease.acked' is not an event");
            events.keeps = false;
            assertThatThrownBy(() -> client.ask(new ControlRequest.PageEvents("", 1, 100), ControlReply.Events.class))
                    .hasMessageContaining("no events are kept");
        }
    }
}
