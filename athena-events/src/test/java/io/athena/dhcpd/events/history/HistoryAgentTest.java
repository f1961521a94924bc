package io.athena.dhcpd.events.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.Follower;
import io.athena.dhcpd.core.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread of the history, on the machine's clock. */
@Timeout(120)
class HistoryAgentTest {

    private static final Ipv4 OTHER = Ipv4.parse("192.0.2.6");

    private final MemoryStore store = new MemoryStore();
    private final FakeLeases leases = new FakeLeases();
    private final long now = TimeSource.system().epochSeconds();
    private ScriptedTail tail = new ScriptedTail();
    private HistoryAgent agent = started(true);

    private HistoryAgent started(boolean fresh) {
        HistoryAgent started = new HistoryAgent(
                new Follower(store, tail, fresh), leases, Duration.ofDays(90), new Meters(), TimeSource.system());
        started.start();
        return started;
    }

    @AfterEach
    void end() throws InterruptedException {
        agent.close();
    }

    @Test
    void whatIsAskedForIsReadFirst() throws Exception {
        tail.write(Leases.granted("a", now, now + 1000), null);
        agent.upToDate().get(60, TimeUnit.SECONDS);
        assertThat(store.told()).contains(now + " granted 192.0.2.5 a");
        assertThat(tail.released).isEqualTo(1);
        assertThat(agent.problem()).isEmpty();
    }

    @Test
    void aNewHistoryKnowsTheLeasesThatThereAre() throws Exception {
        agent.close();
        MemoryStore fresh = new MemoryStore();
        leases.put(Leases.held(Leases.IP, "a", "a", now - 5000, now + 5000, now - 10));
        leases.put(Leases.granted("b", now - 5000, now + 5000).ended(LeaseState.RELEASED, now - 10));
        leases.put(Leases.held(OTHER, "c", "c", now - 4000, now + 5000, now - 10));
        agent = new HistoryAgent(
                new Follower(fresh, tail, true), leases, Duration.ofDays(90), new Meters(), TimeSource.system());
        agent.start();
        HistoryBook book = new HistoryBook(fresh);
        while (book.reach() == 0) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(fresh.told()).containsExactly(now - 4000 + " known 192.0.2.6 c");
        assertThat(book.reach()).isBetween(now, TimeSource.system().epochSeconds());
    }

    @Test
    void aTimeWithoutHistoryIsNotedAndWhatHappenedMeanwhileIsFound() throws Exception {
        awaitBegin();
        tail.write(Leases.granted("a", now, now + 1000), null);
        tail.write(Leases.held(OTHER, "b", "b", now, now + 1000, now), null);
        agent.upToDate().get(60, TimeUnit.SECONDS);
        agent.close();
        HistoryAgent.noteGap(store, now + 1);
        HistoryAgent.noteGap(store, now + 2);
        leases.put(Leases.held(Leases.IP, "c", "c", now + 2, now + 1000, now + 3));
        agent = started(false);
        Landmarks landmarks = new Landmarks(store);
        while (landmarks.openGap() != null) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(landmarks.gaps()).hasSize(1).allMatch(gap -> gap.since() == now + 1);
        assertThat(store.told())
                .contains(now + 2 + " superseded 192.0.2.5 a", now + 2 + " known 192.0.2.5 c")
                .anyMatch(told -> told.endsWith("expired 192.0.2.6 b"));
    }

    @Test
    void lostRecordsAreMadeGoodByLookingAtAllLeases() throws Exception {
        awaitBegin();
        Lease lost = Leases.held(Leases.IP, "a", "a", now, now + 1000, now);
        leases.put(lost);
        tail.missed = 3;
        while (store.told().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(store.told()).containsExactly(now + " known 192.0.2.5 a");
    }

    @Test
    void aDiskThatTakesNothingIsToldAndGotOver() throws Exception {
        awaitBegin();
        store.failing = true;
        tail.write(Leases.granted("a", now, now + 1000), null);
        agent.upToDate().get(60, TimeUnit.SECONDS);
        assertThat(agent.problem()).contains("no space left on device");
        store.failing = false;
        agent.upToDate().get(60, TimeUnit.SECONDS);
        assertThat(agent.problem()).isEmpty();
        assertThat(store.told()).hasSize(1);
    }

    @Test
    void anEndDoesNotWaitForLeasesThatNobodyTellsOf() throws Exception {
        agent.close();
        leases.silent = true;
        MemoryStore fresh = new MemoryStore();
        agent = new HistoryAgent(
                new Follower(fresh, tail, true), leases, Duration.ofDays(90), new Meters(), TimeSource.system());
        agent.start();
        tail.write(Leases.granted("a", now, now + 1000), null);
        agent.close();
        assertThat(fresh.told()).containsExactly(now + " granted 192.0.2.5 a");
        assertThat(new HistoryBook(fresh).reach()).isZero();
    }

    @Test
    void whatIsToBeToldLastsUntilItIsTold() throws Exception {
        awaitBegin();
        agent.tell(() -> {});
        tail.write(Leases.granted("a", now, now + 1000), null);
        tail.write(Leases.held(OTHER, "b", "b", now, now + 1000, now), null);
        agent.upToDate().get(60, TimeUnit.SECONDS);
        List<HistoryQueue.Item> items = agent.queue().next(10);
        assertThat(items).extracting(item -> item.entry().lease().hostname()).containsExactly("a", "b");
        agent.queue().told(items.subList(0, 1));
        assertThat(agent.queue().next(10)).hasSize(1);
        agent.upToDate().get(60, TimeUnit.SECONDS);
        assertThat(new HistoryQueue(store).next(10)).hasSize(1);
    }

    private void awaitBegin() throws InterruptedException {
        HistoryBook book = new HistoryBook(store);
        while (book.reach() == 0) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
