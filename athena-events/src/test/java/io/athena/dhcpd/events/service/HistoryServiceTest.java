package io.athena.dhcpd.events.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.store.FollowerStore;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.store.StoreException;
import io.athena.dhcpd.core.store.StoreSettings;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.HeldPort;
import io.athena.dhcpd.events.HistoryConfig;
import io.athena.dhcpd.events.LogLines;
import io.athena.dhcpd.events.SyslogTarget;
import io.athena.dhcpd.events.SyslogTarget.Facility;
import io.athena.dhcpd.events.SyslogTarget.Transport;
import io.athena.dhcpd.events.history.FakeLeases;
import io.athena.dhcpd.events.history.HistoryAnswer;
import io.athena.dhcpd.events.history.HistoryAnswer.Verdict;
import io.athena.dhcpd.events.history.HistoryBook;
import io.athena.dhcpd.events.history.Leases;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The history over a lease store on disk. */
@Timeout(120)
class HistoryServiceTest {

    private static final HistoryConfig ON = new HistoryConfig(true, Duration.ofDays(90), null);
    private static final HistoryConfig OFF = new HistoryConfig(false, Duration.ofDays(90), null);

    @TempDir
    private Path folder;

    private final TimeSource time = TimeSource.system();
    private final long now = time.epochSeconds();
    private final FakeLeases leases = new FakeLeases();
    private LeaseStore store;
    private HistoryService service;

    @BeforeEach
    void start() throws StoreException {
        store = LeaseStore.open(
                folder, StoreSettings.DEFAULT.withFollowers(HistoryService.followers(ON)), new Meters(), time);
        service = service(ON);
    }

    private HistoryService service(HistoryConfig config) {
        return HistoryService.start(config, server(), store, leases, new Meters(), time);
    }

    @AfterEach
    void end() {
        service.close();
        store.close();
    }

    @Test
    void whatBecameDurableIsAnsweredAndThereAgainAfterARestart() throws Exception {
        grant("a");
        assertThat(holder()).isEqualTo("a");
        assertThat(service.problems()).isEmpty();
        end();
        try (FollowerStore stored =
                LeaseStore.readFollower(folder, HistoryService.FOLLOWER).orElseThrow()) {
            assertThat(new HistoryBook(stored)
                            .answer(Leases.IP, now, now, Optional.empty())
                            .verdict())
                    .isEqualTo(Verdict.HELD);
        }
        start();
        assertThat(holder()).isEqualTo("a");
    }

    @Test
    void aReloadSwitchesItOffAndOnAgainAndTheTimeBetweenIsKnownToBeUnknown() throws Exception {
        awaitBegin();
        service.reload(OFF, server());
        assertThat(service.history()).isEmpty();
        service.reload(OFF, server());
        leases.hold();
        service.reload(ON, server());
        assertThat(later()).isEqualTo(Verdict.OFF);
        leases.tell();
        while (later() != Verdict.NOBODY) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        grant("b");
        assertThat(holder()).isEqualTo("b");
    }

    @Test
    void aStartWithoutHistoryIsNotedInTheOneThatThereIs() throws Exception {
        awaitBegin();
        service.close();
        service = service(OFF);
        assertThat(service.history()).isEmpty();
        service.close();
        store.close();
        try (FollowerStore stored =
                LeaseStore.readFollower(folder, HistoryService.FOLLOWER).orElseThrow()) {
            assertThat(new HistoryBook(stored).answer(Leases.IP, now + 1000, now + 1000, Optional.empty()))
                    .returns(Verdict.OFF, HistoryAnswer::verdict);
        }
        start();
    }

    @Test
    void aReloadTurnsToAnotherSyslogServer() throws Exception {
        try (HeldPort nobody = new HeldPort()) {
            service.reload(told(Transport.TCP, nobody.number()), server());
            grant("a");
            assertThat(service.history()).isPresent();
            while (service.problems().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(service.problems()).singleElement().asString().contains("is not told about the history");
        }
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            service.reload(told(Transport.UDP, socket.getLocalPort()), server());
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            socket.setSoTimeout(60_000);
            socket.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                    .contains(" node-1 athena-dhcpd ", "ip=\"192.0.2.5\"");
        }
        service.reload(ON, server());
        assertThat(service.problems()).isEmpty();
    }

    private static HistoryConfig told(Transport transport, int port) {
        return new HistoryConfig(
                true,
                Duration.ofDays(1),
                new SyslogTarget(
                        new HostPort("127.0.0.1", port), transport, Facility.LOCAL0, "lease@32473", null, null));
    }

    private void grant(String client) throws InterruptedException {
        Lease lease = Leases.granted(client, now, now + 1000);
        leases.put(lease);
        long sequence = store.journal().append(RecordKind.LEASE, lease.ip().bits(), LeaseCodec.encode(lease), null);
        while (store.journal().watermark() < sequence) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private @Nullable String holder() throws InterruptedException {
        HistoryAnswer answer = upToDate().answer(Leases.IP, now, now, Optional.empty());
        return answer.entry() == null ? null : answer.entry().lease().hostname();
    }

    /** The service waits a moment for its reader, which may be too short on this machine; it says so then. */
    private HistoryBook upToDate() throws InterruptedException {
        while (true) {
            try (LogLines log = LogLines.of(HistoryService.class)) {
                HistoryBook book = service.history().orElseThrow();
                if (log.lines(Level.DEBUG).isEmpty()) {
                    return book;
                }
            }
        }
    }

    /** What is said of a time to come. */
    private Verdict later() throws InterruptedException {
        return service.history()
                .orElseThrow()
                .answer(Leases.IP, now + 1000, now, Optional.empty())
                .verdict();
    }

    private void awaitBegin() throws InterruptedException {
        while (service.history().orElseThrow().reach() == 0) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private ServerConfig server() {
        return new ServerConfig(
                List.of("lo"),
                null,
                null,
                "info",
                folder,
                null,
                67,
                68,
                Duration.ofSeconds(60),
                folder.resolve("control.sock"),
                false,
                "node-1",
                0,
                null);
    }
}
