package io.athena.dhcpd.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.conflict.ConflictConfig.LogLevel;
import io.athena.dhcpd.core.engine.ProbeResult;
import io.athena.dhcpd.core.engine.ProbeResult.Outcome;
import io.athena.dhcpd.core.link.FakeProbeSockets;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread of the probes, from its start to its end. */
@Timeout(120)
class ProberThreadTest {

    private static final Ipv4 ADDRESS = Ipv4.parse("192.0.2.42");
    private static final int AN_HOUR_MILLIS = 3_600_000;

    private final FakeProbeSockets sockets = new FakeProbeSockets();
    private final BlockingQueue<ProbeResult> heard = new LinkedBlockingQueue<>();

    private Prober open(int timeoutMillis) {
        return Prober.open(
                ProbeRig.config(true, timeoutMillis, false, true, LogLevel.DEBUG),
                List::of,
                sockets,
                new Meters(),
                TimeSource.system());
    }

    @Test
    void itEndsProbesByItselfAndWhatIsUnderWayWhenItIsClosed() throws InterruptedException {
        sockets.onAwait(nanos -> LockSupport.parkNanos(1_000_000));
        Prober prober = open(20);
        prober.start(ADDRESS, heard::add);
        assertThat(heard.take().outcome()).isEqualTo(Outcome.CLEAR);

        prober.reconfigure(ProbeRig.config(true, AN_HOUR_MILLIS, false, true, LogLevel.DEBUG));
        prober.start(ADDRESS, heard::add);
        prober.close();

        assertThat(heard.take().outcome()).isEqualTo(Outcome.TIMEOUT);
        sockets.awaitClosed();
        assertThat(prober.problem()).isEmpty();
    }

    @Test
    void aFailureThatNobodyExpectedEndsNothing() throws InterruptedException {
        AtomicInteger turns = new AtomicInteger();
        sockets.onAwait(nanos -> {
            if (turns.incrementAndGet() == 1) {
                throw new IllegalStateException("a failure that nobody expected");
            }
            LockSupport.parkNanos(1_000_000);
        });
        try (Prober prober = open(20)) {
            prober.start(ADDRESS, heard::add);

            assertThat(heard.take().outcome()).isEqualTo(Outcome.CLEAR);
        }
    }

    @Test
    void whenTheThreadIsLostNobodyWaitsForItAndItIsSaid() throws InterruptedException {
        CountDownLatch lost = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        sockets.onAwait(nanos -> {
            awaitQuietly(started);
            throw new AssertionError("an error that ends a thread, made by a test");
        });
        Prober prober = open(AN_HOUR_MILLIS);
        prober.start(ADDRESS, result -> {
            heard.add(result);
            lost.countDown();
        });
        started.countDown();
        lost.await();

        assertThat(heard.take().outcome()).isEqualTo(Outcome.TIMEOUT);
        assertThat(prober.problem()).contains("restart");
        assertThat(prober.start(ADDRESS, heard::add)).isFalse();
        prober.close();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
