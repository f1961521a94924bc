package io.athena.dhcpd.ddns.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.store.StoreException;
import io.athena.dhcpd.core.store.StoreSettings;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.DdnsSection;
import io.athena.dhcpd.ddns.name.NameHolders;
import io.athena.dhcpd.ddns.outbox.OutboxStatus;
import io.athena.dhcpd.ddns.outbox.UnfinishedName;
import io.athena.dhcpd.ddns.reconcile.FakeLeases;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dynamic DNS over a real store, with a name server that is not there. */
@Timeout(60)
class DdnsServiceTest {

    @TempDir
    private Path folder;

    private final FakeLeases leases = new FakeLeases();
    private final NameHolders holders = new NameHolders();
    private int deadPort;
    private @Nullable LeaseStore store;
    private @Nullable DdnsService service;

    @BeforeEach
    void findAPortThatNobodyListensOn() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            deadPort = socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        DdnsService running = service;
        service = null;
        if (running != null) {
            running.close(Duration.ofMillis(100));
        }
        LeaseStore open = store;
        store = null;
        if (open != null) {
            open.close();
        }
    }

    private AthenaConfig config(boolean enabled, String more) throws IOException {
        Path file = folder.resolve("config.toml");
        Files.writeString(file, """
                [server]
                lease_db = "%s"
                interface = "lo"
                [ddns]
                enabled = %s
                %s
                [ddns.forward]
                zone = "example.net"
                server = "127.0.0.1:%d"
                [[subnet]]
                network = "10.0.0.0/24"
                """.formatted(folder.resolve("store"), enabled, more, deadPort));
        return Objects.requireNonNull(
                TomlConfig.load(file, List.of(new DdnsSection())).config());
    }

    private DdnsService start(AthenaConfig config) throws StoreException {
        store = LeaseStore.open(
                folder.resolve("store"),
                StoreSettings.DEFAULT.withFollowers(Set.of(DdnsService.FOLLOWER)),
                new Meters(),
                TimeSource.system());
        service = new DdnsService(config, holders, new Meters(), TimeSource.system());
        service.start(store, leases);
        return service;
    }

    private void lease(int host, String fqdn) {
        Lease lease = new Lease(
                Ipv4.parse("10.0.0." + host),
                LeaseState.ACTIVE,
                ClientKey.ofClientId(new byte[] {1, (byte) host}),
                null,
                null,
                null,
                fqdn,
                FakeLeases.NOW,
                FakeLeases.NOW + 3600,
                Cidr.parse("10.0.0.0/24"),
                null,
                Ipv4.ANY,
                null,
                null,
                null,
                null,
                FakeLeases.NOW,
                FakeLeases.NOW,
                null);
        LeaseJournal journal = Objects.requireNonNull(store).journal();
        long sequence = journal.append(RecordKind.LEASE, lease.ip().bits(), LeaseCodec.encode(lease), null);
        until(() -> journal.watermark() >= sequence);
    }

    private static void until(BooleanSupplier reached) {
        while (!reached.getAsBoolean()) {
            assertThat(Thread.currentThread().isInterrupted()).as("out of time").isFalse();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static int pending(DdnsService service) {
        return service.status().map(OutboxStatus::pending).orElse(-1);
    }

    @Test
    void whereItIsOffNothingIsFollowedAndNoNameDecided() throws Exception {
        DdnsService off = start(config(false, ""));
        assertThat(off.policy().isOn()).isFalse();
        assertThat(off.status()).isEmpty();
        assertThat(off.unfinished(Ipv4.ANY, 10).get()).isEmpty();
        assertThat(off.reconcile(true)).contains("off");
        assertThat(off.reconciliation()).isEmpty();
        assertThat(off.problem()).isEmpty();
        assertThat(folder.resolve("store/names")).doesNotExist();
    }

    @Test
    void namesThatWaitAreSaidAndOutliveTheProcess() throws Exception {
        DdnsService first = start(config(true, ""));
        lease(5, "pc.example.net");
        until(() -> !first.problem().isEmpty());
        assertThat(first.problem()).contains("1 names wait for the name server 127.0.0.1:" + deadPort);
        stop();

        DdnsService second = start(config(true, ""));
        assertThat(second.unfinished(Ipv4.ANY, 10).get())
                .containsExactly(new UnfinishedName("10.0.0.5", "pc.example.net", false, List.of()));
    }

    @Test
    void aReloadSwitchesItOnAndOff() throws Exception {
        DdnsService running = start(config(false, ""));
        lease(4, "before.example.net");
        running.reload(config(true, ""));
        assertThat(running.policy().isOn()).isTrue();
        lease(5, "pc.example.net");
        until(() -> pending(running) == 1);

        running.reload(config(true, "ttl = 60"));
        until(() -> pending(running) == 1);

        running.reload(config(false, ""));
        assertThat(running.policy().isOn()).isFalse();
        assertThat(running.status()).isEmpty();
        assertThat(running.problem()).isEmpty();
    }

    @Test
    void aNameThatWasGivenUpWhileItWasOffIsNobodysAfterwards() throws Exception {
        DdnsService running = start(config(true, ""));
        lease(5, "pc.example.net");
        until(() -> holders.size() == 1);
        running.reload(config(false, ""));
        running.reload(config(true, ""));
        assertThat(holders.size()).isZero();
    }

    @Test
    void aStoreThatCannotBeMadeIsSaidAndStopsNobody() throws Exception {
        Files.createDirectories(folder.resolve("store"));
        Files.writeString(folder.resolve("store/names"), "in the way");
        DdnsService running = start(config(true, ""));
        assertThat(running.problem()).contains("names are not put into DNS");
        assertThat(running.policy().isOn()).isTrue();
    }

    @Test
    void aComparisonRunsInTheBackgroundAndOneAtATime() throws Exception {
        leases.add(5, "a", "pc.example.net", LeaseState.ACTIVE);
        DdnsService running = start(config(true, ""));
        assertThat(running.reconcile(false)).isEmpty();
        until(() -> running.reconciliation().stream().noneMatch(found -> found.running()));
        assertThat(running.reconciliation().orElseThrow().troubles()).isNotEmpty();
    }
}
