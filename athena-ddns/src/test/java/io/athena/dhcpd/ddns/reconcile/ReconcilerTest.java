package io.athena.dhcpd.ddns.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.outbox.Backoff;
import io.athena.dhcpd.ddns.outbox.FakeDns;
import io.athena.dhcpd.ddns.outbox.FakeJournal;
import io.athena.dhcpd.ddns.outbox.HeldName;
import io.athena.dhcpd.ddns.outbox.NameOutbox;
import io.athena.dhcpd.ddns.outbox.Routes;
import io.athena.dhcpd.ddns.update.DnsFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReconcilerTest {

    private static final DnsFailure DOWN = new DnsFailure(DnsFailure.Reach.SERVER, "it does not answer", null);

    private final FakeLeases leases = new FakeLeases();
    private final FakeDns forward = new FakeDns();
    private final FakeDns reverse = new FakeDns();
    private final Routes routes = new Routes() {
        @Override
        public Place forward(HeldName name) {
            return new Place(forward, "ns-forward", name.fqdn());
        }

        @Override
        public Place reverse(HeldName name, Ipv4 address) {
            return new Place(reverse, "ns-reverse", address + ".rev");
        }
    };
    private final NameOutbox outbox = NameOutbox.start(
            new FakeJournal().follower(),
            routes,
            new NameOutbox.Settings(
                    new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)), Duration.ofDays(30), false),
            new Meters(),
            TimeSource.system(),
            change -> false);

    @AfterEach
    void stop() throws InterruptedException {
        outbox.close(Duration.ZERO);
    }

    private Reconciliation compare(boolean repair) throws InterruptedException {
        Reconciler reconciler = new Reconciler(
                new LeaseWalk(leases),
                routes,
                Map.of("example.net", forward),
                Map.of("10.in-addr.arpa", reverse),
                outbox,
                TimeSource.system(),
                repair);
        reconciler.run();
        return reconciler.findings();
    }

    /** Puts right what differs, and waits until the outbox has done it. */
    private void afterRepair() throws InterruptedException {
        compare(true);
        outbox.close(Duration.ofSeconds(30));
    }

    private void stands(String fqdn, int host, String client) {
        forward.names.put(fqdn, new FakeDns.Owned(Ipv4.parse("10.0.0." + host), FakeLeases.key(client)));
        reverse.pointers.put("10.0.0." + host + ".rev", fqdn);
    }

    @Test
    void whatAgreesIsCountedAndNothingElse() throws InterruptedException {
        leases.add(1, "a", "pc.example.net", LeaseState.ACTIVE);
        leases.add(2, "b", null, LeaseState.ACTIVE);
        leases.add(3, "c", "old.example.net", LeaseState.EXPIRED);
        stands("pc.example.net", 1, "a");
        forward.foreign("www.example.net", "192.0.2.80");
        Reconciliation found = compare(false);
        assertThat(found.running()).isFalse();
        assertThat(found.leases()).isEqualTo(1);
        assertThat(found.drifts()).isEmpty();
        assertThat(found.troubles()).isEmpty();
    }

    @Test
    void whatDnsLacksIsFoundAndPutRight() throws InterruptedException {
        leases.add(1, "a", "pc.example.net", LeaseState.ACTIVE);
        leases.add(2, "b", "tv.example.net", LeaseState.ACTIVE);
        stands("tv.example.net", 2, "b");
        reverse.pointers.put("10.0.0.2.rev", "nas.example.net");
        Reconciliation found = compare(false);
        assertThat(found.drifts())
                .containsExactlyInAnyOrder(
                        new Drift(Drift.Kind.ADDRESS_MISSING, "10.0.0.1", "pc.example.net", ""),
                        new Drift(Drift.Kind.POINTER_MISSING, "10.0.0.1", "pc.example.net", ""),
                        new Drift(Drift.Kind.POINTER_MISSING, "10.0.0.2", "tv.example.net", "nas.example.net"));
        assertThat(found.repaired()).isZero();
        assertThat(forward.log).isEmpty();

        afterRepair();
        assertThat(forward.names).containsKeys("pc.example.net", "tv.example.net");
        assertThat(reverse.pointers)
                .containsEntry("10.0.0.1.rev", "pc.example.net")
                .containsEntry("10.0.0.2.rev", "tv.example.net");
    }

    @Test
    void whatAnEndedLeaseLeftBehindIsTakenAway() throws InterruptedException {
        leases.add(1, "a", "pc.example.net", LeaseState.RELEASED);
        stands("pc.example.net", 1, "a");
        assertThat(compare(false).drifts())
                .containsExactlyInAnyOrder(
                        new Drift(Drift.Kind.POINTER_LEFT, "10.0.0.1", "pc.example.net", ""),
                        new Drift(Drift.Kind.ADDRESS_LEFT, "10.0.0.1", "pc.example.net", ""));
        afterRepair();
        assertThat(forward.names).isEmpty();
        assertThat(reverse.pointers).isEmpty();
    }

    @Test
    void aRecordOfOurAddressesThatNothingProvesToBeOursStays() throws InterruptedException {
        leases.add(1, "a", "pc.example.net", LeaseState.ACTIVE);
        stands("pc.example.net", 1, "a");
        forward.foreign("intranet.example.net", "10.0.0.1");
        forward.foreign("router.example.net", "10.0.0.254");
        Reconciliation found = compare(true);
        assertThat(found.drifts())
                .containsExactly(new Drift(Drift.Kind.UNKNOWN, "10.0.0.1", "intranet.example.net", ""));
        assertThat(found.repaired()).isZero();
        afterRepair();
        assertThat(forward.names).containsKey("intranet.example.net");
    }

    @Test
    void aNameOfBeforeIsOursWhereItsDhcidSaysSo() throws InterruptedException {
        leases.add(1, "a", "new.example.net", LeaseState.ACTIVE);
        stands("old.example.net", 1, "a");
        stands("new.example.net", 1, "a");
        assertThat(compare(false).drifts())
                .containsExactly(new Drift(Drift.Kind.ADDRESS_LEFT, "10.0.0.1", "old.example.net", ""));
        afterRepair();
        assertThat(forward.names).containsOnlyKeys("new.example.net");
        assertThat(reverse.pointers).containsEntry("10.0.0.1.rev", "new.example.net");
    }

    @Test
    void aNameOfTwoLeasesThatWereHeardOfAtOnceIsAtEitherOfThem() throws InterruptedException {
        leases.add(1, "a", "pc.example.net", LeaseState.ACTIVE);
        leases.add(2, "a", "pc.example.net", LeaseState.ACTIVE);
        stands("pc.example.net", 2, "a");
        reverse.pointers.put("10.0.0.1.rev", "pc.example.net");
        assertThat(compare(true).drifts()).isEmpty();
        stands("pc.example.net", 1, "a");
        assertThat(compare(true).drifts()).isEmpty();
        afterRepair();
        assertThat(forward.names.get("pc.example.net").address()).isEqualTo(Ipv4.parse("10.0.0.1"));
    }

    @Test
    void aClientThatWentElsewhereKeepsItsNameThere() throws InterruptedException {
        leases.add(1, "a", "pc.example.net", LeaseState.ACTIVE, FakeLeases.NOW + 1);
        leases.add(2, "a", "pc.example.net", LeaseState.ACTIVE, FakeLeases.NOW);
        stands("pc.example.net", 1, "a");
        assertThat(compare(true).drifts()).isEmpty();
        stands("pc.example.net", 2, "a");
        assertThat(compare(false).drifts())
                .containsExactly(new Drift(Drift.Kind.ADDRESS_MISSING, "10.0.0.1", "pc.example.net", "10.0.0.2"));
        afterRepair();
        assertThat(forward.names.get("pc.example.net").address()).isEqualTo(Ipv4.parse("10.0.0.1"));
    }

    @Test
    void aZoneThatMayNotBeListedIsAskedNameByName() throws InterruptedException {
        forward.listable = false;
        reverse.listable = false;
        leases.add(1, "a", "pc.example.net", LeaseState.ACTIVE);
        leases.add(2, "b", "tv.example.net", LeaseState.ACTIVE);
        leases.add(3, "c", "nas.example.net", LeaseState.EXPIRED);
        stands("pc.example.net", 1, "a");
        stands("nas.example.net", 3, "c");
        Reconciliation found = compare(false);
        assertThat(found.drifts())
                .containsExactlyInAnyOrder(
                        new Drift(Drift.Kind.ADDRESS_MISSING, "10.0.0.2", "tv.example.net", ""),
                        new Drift(Drift.Kind.POINTER_MISSING, "10.0.0.2", "tv.example.net", ""),
                        new Drift(Drift.Kind.POINTER_LEFT, "10.0.0.3", "nas.example.net", ""));
        assertThat(found.troubles()).hasSize(2).allMatch(trouble -> trouble.contains("cannot be found"));
    }

    @Test
    void aServerThatDoesNotAnswerIsNotAskedForEveryLease() throws InterruptedException {
        forward.down = DOWN;
        reverse.down = DOWN;
        for (int host = 1; host < 50; host++) {
            leases.add(host, "c" + host, "pc" + host + ".example.net", LeaseState.ACTIVE);
        }
        Reconciliation found = compare(false);
        assertThat(found.drifts()).isEmpty();
        assertThat(found.troubles()).hasSize(4);
        assertThat(forward.looks + reverse.looks).isEqualTo(2);
    }

    @Test
    void leasesOfWhichAServerSaysNothingAreNotCountedAsCompared() throws InterruptedException {
        leases.add(1, "a", "pc.example.net", LeaseState.ACTIVE);
        leases.add(2, "b", "tv.example.net", LeaseState.ACTIVE);
        leases.add(3, "c", "old.example.net", LeaseState.EXPIRED);
        reverse.down = DOWN;
        stands("pc.example.net", 1, "a");
        stands("tv.example.net", 2, "b");
        Reconciliation found = compare(false);
        assertThat(found.drifts()).isEmpty();
        assertThat(found.leases()).isZero();
        assertThat(found.unanswered()).isEqualTo(3);
    }

    @Test
    void leasesWhoseUpdatesAreUnderWayAreLeftOut() throws InterruptedException {
        forward.foreign("pc.example.net", "192.0.2.1");
        reverse.down = DOWN;
        outbox.repair(
                Ipv4.parse("10.0.0.1"),
                new HeldName("pc.example.net", FakeLeases.key("a"), true, FakeLeases.SUBNET),
                FakeLeases.NOW);
        outbox.repair(
                Ipv4.parse("10.0.0.2"),
                new HeldName("tv.example.net", FakeLeases.key("b"), true, FakeLeases.SUBNET),
                FakeLeases.NOW);
        while (outbox.status().conflicts() == 0) {
            assertThat(Thread.currentThread().isInterrupted()).as("out of time").isFalse();
            Thread.onSpinWait();
        }
        leases.add(1, "a", "pc.example.net", LeaseState.ACTIVE);
        leases.add(2, "b", "tv.example.net", LeaseState.ACTIVE);
        Reconciliation found = compare(false);
        assertThat(found.waiting() + found.drifted()).isEqualTo(2);
        assertThat(found.waiting()).isBetween(1L, 2L);
    }

    @Test
    void leasesThatCannotBeReadAreSaid() throws InterruptedException {
        leases.silent = true;
        assertThat(compare(false).troubles())
                .isEqualTo(List.of("the leases cannot be read: java.util.concurrent.ExecutionException: "
                        + "java.lang.IllegalStateException: the server stops"));
    }
}
