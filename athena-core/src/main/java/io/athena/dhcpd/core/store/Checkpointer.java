package io.athena.dhcpd.core.store;

import io.athena.dhcpd.core.journal.Changes;
import io.athena.dhcpd.core.journal.FileJournal;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that moves durable changes from the journal into the checkpoint when the journal has grown or the server
 * is idle, and then frees journal segments. It frees only what the checkpoint before the last holds, so that the loss
 * of the last one, or a copy of the folder made meanwhile, still finds all records in the journal.
 */
final class Checkpointer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final XodusCheckpoint checkpoint;
    private final FileJournal journal;
    private final StoreSettings settings;
    private final TimeSource time;
    private final LongAdder checkpoints;
    private final Thread thread;
    private final long cautionSince;

    private volatile boolean closing;
    private volatile boolean requested;
    private volatile long completed;

    private final Changes pending;
    private long applied;
    private long freed;
    private boolean complainedOfRecycling;
    private long retryAt;
    private boolean complainedOfSpare;
    private boolean complainedOfCheckpoint;

    Checkpointer(
            XodusCheckpoint checkpoint,
            FileJournal journal,
            CheckpointMark mark,
            long cautionSince,
            StoreSettings settings,
            Meters meters,
            TimeSource time) {
        this.checkpoint = checkpoint;
        this.journal = journal;
        this.applied = mark.applied();
        this.cautionSince = cautionSince;
        this.settings = settings;
        this.time = time;
        pending = new Changes(mark.applied());
        checkpoints = meters.counter(DhcpMeter.CHECKPOINTS);
        retryAt = time.nanoTime();
        thread = new Thread(this::run, "athena-checkpoint");
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!closing) {
            freeReleased();
            prepareSpare();
            if (isDue()) {
                requested = false;
                attempt(Long.MAX_VALUE);
            } else {
                LockSupport.parkNanos(this, TICK_NANOS);
            }
        }
        attempt(time.nanoTime() + TimeUnit.SECONDS.toNanos(settings.closeSeconds()));
    }

    private boolean isDue() {
        long now = time.nanoTime();
        if (now - retryAt < 0) {
            return false;
        }
        boolean idle = now - journal.lastBusyNanos() >= TimeUnit.SECONDS.toNanos(settings.idleSeconds());
        return requested
                || journal.segmentsBeyond(freed) >= settings.checkpointSegments()
                || idle && (journal.hasChanges() || !pending.isEmpty());
    }

    private void attempt(long deadline) {
        try {
            make(deadline);
            if (complainedOfCheckpoint) {
                LOG.info("Checkpoints of the lease store work again");
            }
            complainedOfCheckpoint = false;
        } catch (IOException | RuntimeException | Error e) {
            // Errors too: a thread that died of a full heap would let the journal grow until the disk is full.
            retryAt = time.nanoTime() + RETRY_NANOS;
            if (!complainedOfCheckpoint) {
                LOG.error("A checkpoint of the lease store failed; its records stay in the journal, which grows", e);
            }
            complainedOfCheckpoint = true;
        }
    }

    private void make(long deadline) throws IOException {
        pending.addAll(journal.takeChanges());
        boolean whole = checkpoint.apply(
                pending, cautionSince, () -> deadline == Long.MAX_VALUE || time.nanoTime() - deadline < 0);
        if (!whole) {
            LOG.warn("The last checkpoint was cut short; the next start replays the journal");
            return;
        }
        long before = applied;
        applied = pending.upTo();
        pending.clear();
        checkpoints.increment();
        freed = before;
        journal.recycle(before);
        completed = completed + 1;
    }

    /** Followers let go of segments in their own time. */
    private void freeReleased() {
        try {
            journal.recycle(freed);
            complainedOfRecycling = false;
        } catch (IOException e) {
            if (!complainedOfRecycling) {
                LOG.error("Segments of the lease journal cannot be reused; it grows", e);
            }
            complainedOfRecycling = true;
        }
    }

    private void prepareSpare() {
        try {
            journal.prepareSpare();
            complainedOfSpare = false;
        } catch (IOException e) {
            if (!complainedOfSpare) {
                LOG.error("No spare journal segment can be made; leases stop when the segment in use is full", e);
            }
            complainedOfSpare = true;
        }
    }

    /** Asks for a checkpoint now and returns at once. */
    void request() {
        requested = true;
        LockSupport.unpark(thread);
    }

    /** How many checkpoints were made. */
    long completed() {
        return completed;
    }

    /** Makes a last checkpoint, bounded in time, and ends; the journal has ended before. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
