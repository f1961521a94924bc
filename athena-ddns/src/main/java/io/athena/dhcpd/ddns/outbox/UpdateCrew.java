package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.Outcome;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that wait for name servers, so that the outbox need not. */
final class UpdateCrew implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UpdateCrew.class);
    private static final int THREADS = 8;

    /** How an update ended. @param outcome null when it failed; @param failure null when it did not */
    record Result(
            NameOp op, @Nullable Outcome outcome, @Nullable DnsFailure failure) {}

    private final ExecutorService threads;
    private final Queue<Result> results = new ConcurrentLinkedQueue<>();
    private final AtomicInteger busy = new AtomicInteger();
    private final Thread owner;

    /** @param owner is woken when a result is there */
    UpdateCrew(Thread owner) {
        this.owner = owner;
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "athena-names-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Whether one more update can be started at once. */
    boolean isFree() {
        return busy.get() < THREADS;
    }

    boolean isIdle() {
        return busy.get() == 0 && results.isEmpty();
    }

    void start(NameOp op) {
        busy.incrementAndGet();
        threads.execute(() -> carryOut(op));
    }

    private void carryOut(NameOp op) {
        try {
            results.add(new Result(op, op.run(), null));
        } catch (DnsFailure e) {
            results.add(new Result(op, null, e));
        } catch (InterruptedException e) {
            // The server stops; the work is stored and goes on at the next start.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Updating {} failed in a way that was not foreseen", op, e);
            results.add(new Result(op, null, new DnsFailure(DnsFailure.Reach.NAME, "unexpected: " + e, e)));
        } finally {
            busy.decrementAndGet();
            LockSupport.unpark(owner);
        }
    }

    /** A result that the owner has not seen; null when there is none. */
    @Nullable
    Result poll() {
        return results.poll();
    }

    /** Interrupts what is under way. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
