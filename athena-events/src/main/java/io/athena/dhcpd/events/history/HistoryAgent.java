package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.JournalTail;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.store.Follower;
import io.athena.dhcpd.core.store.FollowerStore;
import io.athena.dhcpd.core.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that writes the history: behind the journal's writer, which does nothing for it. */
public final class HistoryAgent {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryAgent.class);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long CENSUS_RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int RECORDS_AT_A_TIME = 512;
    private static final int UNREADABLE_A_MINUTE = 5;

    private final JournalTail tail;
    private final FollowerStore store;
    private final LeaseDesk desk;
    private final TimeSource time;
    private final Entries entries;
    private final HistoryPen pen;
    private final HistoryQueue queue;
    private final HistoryFile file;
    private final LogBudget budget;
    private final Queue<CompletableFuture<Void>> waiting = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "athena-history");

    private volatile long retention;
    private volatile @Nullable Runnable reader;
    private volatile @Nullable String problem;
    private volatile boolean closing;
    private volatile @Nullable Census census;
    private Landmarks.@Nullable Gap gap;
    private long began;
    private long missed;
    private long censusAt;
    private boolean complainedOfTail;

    /** @param desk tells which leases there are, when the history begins or has a hole */
    public HistoryAgent(Follower follower, LeaseDesk desk, Duration retention, Meters meters, TimeSource time) {
        this.tail = follower.tail();
        this.store = follower.store();
        this.desk = desk;
        this.time = time;
        this.retention = retention.toSeconds();
        this.entries = new Entries(store);
        this.pen = new HistoryPen(entries, meters);
        this.queue = new HistoryQueue(store);
        this.file = new HistoryFile(store, pen, queue, time);
        this.budget = new LogBudget(time, UNREADABLE_A_MINUTE);
        meters.gauge(DhcpMeter.HISTORY_MISSED, tail::missed);
        thread.setDaemon(true);
    }

    public void start() {
        Landmarks landmarks = new Landmarks(store);
        gap = landmarks.openGap();
        began = landmarks.begin();
        if (began == 0 || gap != null) {
            census = new Census(desk, entries, pen);
        }
        censusAt = time.nanoTime();
        thread.start();
    }

    /** What has yet to be told to who {@linkplain #tell wants to be told}. */
    public HistoryQueue queue() {
        return queue;
    }

    /** Keeps entries in the queue from now on, or no longer. @param wake called when there are new ones; null for none */
    public void tell(@Nullable Runnable wake) {
        reader = wake;
    }

    /** Keeps entries for so long from now on. */
    public void keep(Duration changed) {
        retention = changed.toSeconds();
    }

    /** What keeps the history from being written; empty when nothing does. */
    public String problem() {
        String own = problem;
        return own == null ? "" : own;
    }

    /** Completes when everything is readable that is durable in the journal by now. */
    public CompletableFuture<Void> upToDate() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        waiting.add(done);
        LockSupport.unpark(thread);
        if (!thread.isAlive()) {
            done.complete(null);
        }
        return done;
    }

    private void run() {
        try {
            while (!closing) {
                if (!step()) {
                    LockSupport.parkNanos(this, LOOK_NANOS);
                }
            }
            catchUp();
            save(List.of());
        } catch (InterruptedException e) {
            LOG.debug("The history ends at once", e);
        } catch (RuntimeException | Error e) {
            problem = "the history is not written until a restart: " + e;
            LOG.error("The history is not written any more until a restart: its thread ended", e);
        } finally {
            waiting.forEach(each -> each.complete(null));
        }
    }

    /** Does what can be done now; false when that was nothing. */
    private boolean step() throws InterruptedException {
        serveWaiting();
        int read = read();
        boolean more = read == RECORDS_AT_A_TIME;
        if (!more) {
            more = count();
        }
        int unsaved = pen.size();
        more |= file.saveIfDue(tail, reader != null, time.epochSeconds() - retention);
        problem = file.problem();
        if (unsaved > pen.size()) {
            wakeReader();
        }
        return more;
    }

    private void serveWaiting() {
        List<CompletableFuture<Void>> served = new ArrayList<>();
        for (CompletableFuture<Void> each = waiting.poll(); each != null; each = waiting.poll()) {
            served.add(each);
        }
        if (!served.isEmpty()) {
            catchUp();
            save(List.of());
            served.forEach(each -> each.complete(null));
        }
    }

    private void catchUp() {
        while (read() == RECORDS_AT_A_TIME) {
            if (!file.hasRoom() && !save(List.of())) {
                return;
            }
        }
    }

    private boolean save(List<FollowerStore.Entry> landmarks) {
        boolean saved = file.save(tail, reader != null, landmarks);
        problem = file.problem();
        wakeReader();
        return saved;
    }

    private void wakeReader() {
        Runnable wake = reader;
        if (wake != null) {
            wake.run();
        }
    }

    private int read() {
        if (!file.hasRoom()) {
            return 0;
        }
        try {
            int read = tail.read(RECORDS_AT_A_TIME, this::record);
            complainedOfTail = false;
            return read;
        } catch (IOException e) {
            if (!complainedOfTail) {
                LOG.error("The lease journal cannot be read, so the history waits: {}", e.toString());
            }
            complainedOfTail = true;
            return 0;
        }
    }

    private void record(long sequence, RecordKind kind, int address, byte[] image, byte @Nullable [] previous) {
        try {
            pen.record(sequence, kind, image, previous);
        } catch (CorruptRecordException e) {
            if (budget.permit("record") != LogBudget.SILENT) {
                LOG.warn("Journal record {} cannot be understood by the history: {}", sequence, e.getMessage());
            }
        }
    }

    /** Looks at all leases where the journal is not enough. @return whether there is more to be done at once */
    private boolean count() throws InterruptedException {
        if (tail.missed() != missed) {
            missed = tail.missed();
            census = new Census(desk, entries, pen);
        }
        Census running = census;
        if (running == null || !file.hasRoom() || time.nanoTime() - censusAt < 0) {
            return false;
        }
        try {
            if (!running.step(tail.position(), time.epochSeconds())) {
                return true;
            }
        } catch (ExecutionException | TimeoutException e) {
            if (closing) {
                return false;
            }
            LOG.warn("The leases could not be looked at for the history; trying again: {}", e.toString());
            census = new Census(desk, entries, pen);
            censusAt = time.nanoTime() + CENSUS_RETRY_NANOS;
            return false;
        }
        if (save(counted())) {
            census = null;
            gap = null;
            LOG.info("The history knows all leases");
        }
        return false;
    }

    private List<FollowerStore.Entry> counted() {
        List<FollowerStore.Entry> landmarks = new ArrayList<>();
        long now = time.epochSeconds();
        if (began == 0) {
            landmarks.add(Landmarks.began(now));
        }
        if (gap != null) {
            landmarks.add(Landmarks.gap(new Landmarks.Gap(gap.since(), now)));
        }
        return landmarks;
    }

    /** Writes what is readable by now and ends. */
    public void close() throws InterruptedException {
        closing = true;
        Census running = census;
        if (running != null) {
            running.cancel();
        }
        LockSupport.unpark(thread);
        thread.join();
    }

    /** Notes that from now on no history is kept, in a store whose agent has ended. */
    public static void noteGap(FollowerStore store, long now) {
        Landmarks landmarks = new Landmarks(store);
        if (landmarks.begin() != 0 && landmarks.openGap() == null) {
            store.save(store.cursor(), List.of(Landmarks.gap(new Landmarks.Gap(now, 0))));
        }
    }
}
