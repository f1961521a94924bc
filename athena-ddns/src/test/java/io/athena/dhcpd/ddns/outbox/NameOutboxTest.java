package io.athena.dhcpd.ddns.outbox;

import static io.athena.dhcpd.ddns.outbox.OutboxFixture.NOW;
import static io.athena.dhcpd.ddns.outbox.OutboxFixture.ip;
import static io.athena.dhcpd.ddns.outbox.OutboxFixture.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The outbox on its threads, over a journal and name servers in memory, under a clock that the test moves. */
@Timeout(60)
class NameOutboxTest {

    private final FakeJournal journal = new FakeJournal();
    private final FakeDns dns = new FakeDns();
    private final Meters meters = new Meters();
    private final AtomicLong nanos = new AtomicLong(TimeUnit.DAYS.toNanos(1));
    private final List<NameChange> heard = new CopyOnWriteArrayList<>();
    private @Nullable NameOutbox outbox;

    private final TimeSource time = new TimeSource() {
        @Override
        public long epochSeconds() {
            return NOW + TimeUnit.NANOSECONDS.toSeconds(nanos.get()) - TimeUnit.DAYS.toSeconds(1);
        }

        @Override
        public long nanoTime() {
            return nanos.get();
        }
    };

    @AfterEach
    void stop() throws InterruptedException {
        stop(Duration.ZERO);
    }

    private void stop(Duration limit) throws InterruptedException {
        NameOutbox running = outbox;
        outbox = null;
        if (running != null) {
            running.close(limit);
        }
    }

    private NameOutbox start() {
        Routes routes = new Routes() {
            @Override
            public Place forward(HeldName name) {
                return new Place(dns, "ns", name.fqdn());
            }

            @Override
            public Place reverse(HeldName name, Ipv4 address) {
                return new Place(dns, "ns", address + ".rev");
            }
        };
        NameOutbox.Settings settings = new NameOutbox.Settings(
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)), Duration.ofDays(30), false);
        NameOutbox started = NameOutbox.start(journal.follower(), routes, settings, meters, time, this::hear);
        outbox = started;
        return started;
    }

    private boolean hear(NameChange change) {
        heard.add(change);
        return false;
    }

    /** Lets time pass until it is so; the threads of the outbox do the rest. */
    private void until(BooleanSupplier reached) {
        while (!reached.getAsBoolean()) {
            assertThat(Thread.currentThread().isInterrupted()).as("out of time").isFalse();
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private synchronized boolean stands(String fqdn, int host) {
        synchronized (dns) {
            FakeDns.Owned owned = dns.names.get(fqdn);
            return owned != null
                    && owned.address().equals(ip(host))
                    && fqdn.equals(dns.pointers.get(ip(host) + ".rev"));
        }
    }

    @Test
    void whatTheJournalSaysGetsIntoDnsAndOut() {
        start();
        journal.write(5, null, name("pc", "a"), NOW);
        until(() -> stands("pc.example.net", 5));
        journal.write(5, name("pc", "a"), null, NOW + 1);
        until(() -> dns.names.isEmpty() && dns.pointers.isEmpty());
        assertThat(heard).hasSize(2);
        assertThat(meters.counter(DhcpMeter.DDNS_UPDATES, "add", "done").sum()).isEqualTo(1);
        until(() -> meters.counter(DhcpMeter.DDNS_UPDATES, "unpoint", "done").sum() == 1);
    }

    @Test
    void whatIsDoneAtOnceIsNeverStored() {
        start();
        journal.write(5, null, name("pc", "a"), NOW);
        while (meters.counter(DhcpMeter.DDNS_UPDATES, "point", "done").sum() == 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        until(() -> journal.store.cursor() == 1);
        assertThat(journal.store.size()).isZero();
        until(() -> journal.released == 1);
    }

    @Test
    void whatWaitsForADeadNameServerIsStoredAndDoneByTheNextProcess() throws InterruptedException {
        dns.down = OutboxFixture.down();
        NameOutbox first = start();
        journal.write(5, null, name("pc", "a"), NOW);
        until(() -> journal.store.size() == 1);
        until(() ->
                first.status().pending() == 1 && first.status().servers().get(0).failingSince() != 0);
        assertThat(first.status().servers().get(0).lastError()).isEqualTo("it does not answer");
        stop(Duration.ofMillis(1));
        journal.write(6, null, name("tv", "b"), NOW);

        dns.down = null;
        start();
        until(() -> stands("pc.example.net", 5) && stands("tv.example.net", 6));
        until(() -> journal.store.size() == 0);
    }

    @Test
    void stoppingFinishesWhatCanBeFinished() throws InterruptedException {
        start();
        for (int host = 1; host < 100; host++) {
            journal.write(host, null, name("pc" + host, "c" + host), NOW);
        }
        stop(Duration.ofSeconds(60));
        assertThat(dns.names).hasSize(99);
        assertThat(journal.store.size()).isZero();
        assertThat(journal.store.cursor()).isEqualTo(99);
    }

    @Test
    void aRecordThatNobodyUnderstandsHoldsNothingUp() {
        start();
        journal.write(5, null, name("pc", "a"), NOW);
        journal.writeNonsense();
        journal.write(6, null, name("tv", "b"), NOW);
        until(() -> stands("tv.example.net", 6));
    }

    @Test
    void aDiskThatFailsForAWhileDelaysNames() {
        journal.unreadable = true;
        start();
        journal.write(5, null, name("pc", "a"), NOW);
        until(() -> journal.unread.get() > 2);
        assertThat(dns.names).isEmpty();
        journal.store.broken = true;
        journal.unreadable = false;
        until(() -> stands("pc.example.net", 5));
        dns.down = OutboxFixture.down();
        journal.write(6, null, name("tv", "b"), NOW);
        until(() -> journal.store.refusals.get() > 2);
        journal.store.broken = false;
        until(() -> journal.store.size() == 1);
    }

    @Test
    void aRemovalThatNobodyTakesIsGivenUpAfterItsAge() {
        dns.down = OutboxFixture.down();
        NameOutbox running = start();
        journal.write(5, name("pc", "a"), null, NOW - TimeUnit.DAYS.toSeconds(31));
        until(() -> meters.counter(DhcpMeter.DDNS_UPDATES, "remove", "given_up").sum() == 1
                && meters.counter(DhcpMeter.DDNS_UPDATES, "unpoint", "given_up").sum() == 1);
        until(() -> running.status().pending() == 0);
    }

    @Test
    void peopleSeeWhatIsNotDone() throws Exception {
        dns.foreign("pc.example.net", "192.0.2.1");
        NameOutbox running = start();
        journal.write(5, null, name("pc", "a"), NOW);
        // Of a name that an earlier run may have put the PTR record is taken away, before the server goes down.
        until(() -> running.status().conflicts() == 1
                && running.status().servers().stream().allMatch(server -> server.waiting() == 0));
        dns.down = OutboxFixture.down();
        journal.write(6, name("old", "b"), name("tv", "b"), NOW);
        until(() -> running.status().pending() == 1);
        assertThat(running.unfinished(Ipv4.ANY, 10).get())
                .containsExactly(
                        new UnfinishedName("10.0.0.5", "pc.example.net", true, List.of()),
                        new UnfinishedName("10.0.0.6", "tv.example.net", false, List.of("old.example.net")));
        assertThat(running.unfinished(ip(5), 10).get()).hasSize(1);
        assertThat(running.unfinished().get()).containsEntry(ip(5), true).containsEntry(ip(6), false);
    }
}
