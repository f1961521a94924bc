package io.athena.dhcpd.core.journal;

import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal on disk. One thread takes all appends that wait, writes them with one write, syncs once and tells the
 * listeners; while it syncs, the next batch gathers. It never waits for a timer, so a lone append is synced at once.
 *
 * <p>After a failed write or sync the file is never written again: what a second attempt would say is not to be trusted
 * once the kernel has dropped dirty pages. The journal goes on in a new segment, and while none can be opened it
 * refuses appends.
 */
public final class FileJournal implements LeaseJournal, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);

    private final SegmentFolder folder;
    private final JournalSettings settings;
    private final TimeSource time;
    private final JournalQueue queue;
    private final DirtySet dirty;
    private final Batch batch;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean parked = new AtomicBoolean();
    private final Thread thread;
    private final LongAdder batches;
    private final LongAdder records;
    private final LongAdder failures;
    private final Meters.TimerValue commitTime;

    private volatile boolean writable;
    private volatile boolean closing;
    private volatile long watermark;
    private volatile long lastBusyNanos;

    private @Nullable Segment segment;
    private long next;
    private long synced;
    private long generation;
    private long previousGeneration;
    private final int term;
    private boolean marked;
    private boolean complained;
    private boolean listenerComplained;
    private long retryAt;

    private FileJournal(
            SegmentFolder folder, JournalSettings settings, JournalReplay found, Meters meters, TimeSource time) {
        this.folder = folder;
        this.settings = settings;
        this.time = time;
        next = found.lastSequence() + 1;
        watermark = found.lastSequence();
        synced = found.synced();
        generation = found.generation();
        previousGeneration = found.generation();
        term = found.term();
        lastBusyNanos = time.nanoTime();
        queue = new JournalQueue(settings.queueCapacity(), next);
        dirty = new DirtySet(found.changes());
        batch = new Batch(queue);
        batches = meters.counter(DhcpMeter.JOURNAL_BATCHES);
        records = meters.counter(DhcpMeter.JOURNAL_RECORDS);
        failures = meters.counter(DhcpMeter.JOURNAL_FAILURES);
        commitTime = meters.timer(DhcpMeter.JOURNAL_COMMIT);
        thread = new Thread(this::run, "athena-journal");
    }

    /**
     * Goes on after what a replay found, in a new segment. A disk without room is no reason to fail: the journal then
     * refuses appends until there is.
     *
     * @param folder an existing folder that nobody else uses
     * @throws IOException when the files that are there cannot be taken over
     */
    public static FileJournal start(
            Path folder,
            JournalSettings settings,
            JournalFiles files,
            JournalReplay found,
            Meters meters,
            TimeSource time)
            throws IOException {
        SegmentFolder segments = new SegmentFolder(folder, files, settings, found.segments());
        segments.syncFound();
        segments.adoptSpares();
        FileJournal journal = new FileJournal(segments, settings, found, meters, time);
        journal.openSegment();
        journal.thread.start();
        return journal;
    }

    @Override
    public long append(RecordKind kind, int address, byte[] image, byte @Nullable [] previous) {
        if (!writable || !fits(image, previous)) {
            return REFUSED;
        }
        long sequence = queue.offer(kind, address, image, previous);
        if (sequence != REFUSED) {
            wake();
        }
        return sequence;
    }

    private boolean fits(byte[] image, byte @Nullable [] previous) {
        return image.length <= Frame.MAX_BODY_PART
                && (previous == null || previous.length <= Frame.MAX_BODY_PART)
                && Frame.length(image, previous) <= settings.segmentBytes() - SegmentHeader.BYTES;
    }

    @Override
    public long watermark() {
        return watermark;
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Hands over what became durable since the last call; for the one who makes checkpoints. */
    public Changes takeChanges() {
        return dirty.take();
    }

    /** Whether {@link #takeChanges} would have anything to hand over. */
    public boolean hasChanges() {
        return !dirty.isEmpty();
    }

    /** How many full segments wait for a checkpoint. */
    public int retiredSegments() {
        return folder.retiredCount();
    }

    /** When the last batch ended, by the monotonic clock. */
    public long lastBusyNanos() {
        return lastBusyNanos;
    }

    /** Reuses segments whose records are all in a checkpoint that reaches to {@code applied}. */
    public void recycle(long applied) throws IOException {
        folder.recycle(applied);
    }

    /** Has a spare segment ready, so that a full disk shows before it hurts. */
    public void prepareSpare() throws IOException {
        folder.prepareSpare();
    }

    /** Makes everything accepted so far durable and ends; later appends are refused. Waits for the journal thread. */
    @Override
    public void close() {
        writable = false;
        closing = true;
        wake();
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

    private void wake() {
        if (parked.get() && parked.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        try {
            work();
        } catch (RuntimeException | Error e) {
            writable = false;
            LOG.error("No lease can be granted until a restart: the lease journal ended", e);
        }
    }

    private void work() {
        while (!closing) {
            if (!step()) {
                mark();
                idle();
            }
        }
        long end = queue.shut();
        while (next < end) {
            if (!step()) {
                Thread.onSpinWait();
            }
        }
        finish();
    }

    /** Deals with the appends that wait; false when there are none. */
    private boolean step() {
        if (segment == null && time.nanoTime() - retryAt >= 0) {
            openSegment();
        }
        if (!queue.has(next)) {
            return false;
        }
        Segment current = segment;
        if (current == null) {
            failWaiting();
        } else {
            commit(current);
        }
        return true;
    }

    private void commit(Segment current) {
        long from = next;
        long upTo = batch.fill(current, from, synced, term);
        if (upTo < from) {
            change(current);
            return;
        }
        long begun = time.nanoTime();
        try {
            current.commit(batch.bytes());
        } catch (IOException e) {
            abandon(current, upTo, e);
            return;
        }
        long ended = time.nanoTime();
        commitTime.record(ended - begun);
        batches.increment();
        records.add(upTo - from + 1);
        lastBusyNanos = ended;
        synced = upTo;
        marked = false;
        dirty.add(queue, from, upTo);
        done(upTo);
        tell(listener -> listener.durable(upTo));
    }

    private void done(long upTo) {
        queue.release(upTo);
        next = upTo + 1;
        watermark = upTo;
    }

    /** The segment is full: goes on in the next. */
    private void change(Segment full) {
        retire(full);
        openSegment();
    }

    /** The file failed: what it was to hold beyond the synced sequence never becomes durable. */
    private void abandon(Segment failed, long upTo, IOException cause) {
        LOG.error("Writing the lease journal {} failed; it is sealed at record {}", failed.path(), synced, cause);
        failures.increment();
        retire(failed);
        long from = next;
        done(upTo);
        openSegment();
        if (upTo >= from) {
            tell(listener -> listener.failed(from, upTo));
        }
    }

    private void tell(Consumer<Listener> news) {
        for (Listener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                if (!listenerComplained) {
                    LOG.error("A listener of the lease journal failed; the journal goes on", e);
                }
                listenerComplained = true;
            }
        }
    }

    private void failWaiting() {
        long from = next;
        long upTo = from;
        while (queue.has(upTo + 1)) {
            upTo++;
        }
        long last = upTo;
        failures.increment();
        done(last);
        tell(listener -> listener.failed(from, last));
    }

    private void retire(Segment old) {
        segment = null;
        previousGeneration = old.header().generation();
        folder.retire(old.path(), synced);
        try {
            old.close();
        } catch (IOException e) {
            LOG.warn("Closing the lease journal {} failed", old.path(), e);
        }
    }

    private void openSegment() {
        generation++;
        try {
            segment = folder.activate(
                    new SegmentHeader(generation, previousGeneration, next, synced, term, settings.segmentBytes()));
            marked = true;
            complained = false;
            if (!writable && !closing) {
                writable = true;
                LOG.info("The lease journal writes to {}", segment.path());
            }
        } catch (IOException e) {
            if (!complained) {
                LOG.error("No lease can be granted: the lease journal cannot open a segment. Make room on its disk", e);
            }
            complained = true;
            writable = false;
            retryAt = time.nanoTime() + settings.retryNanos();
        }
    }

    /** Leaves the proof that the last batch was synced; without it a damaged last record would pass for a torn one. */
    private void mark() {
        Segment current = segment;
        if (marked || current == null) {
            return;
        }
        marked = true;
        try {
            current.mark(batch.mark(current, synced, term));
        } catch (IOException e) {
            abandon(current, next - 1, e);
        }
    }

    private void idle() {
        parked.set(true);
        if (queue.has(next) || closing) {
            parked.set(false);
        } else if (segment == null) {
            LockSupport.parkNanos(this, settings.retryNanos());
        } else {
            LockSupport.park(this);
        }
        parked.set(false);
    }

    private void finish() {
        mark();
        Segment last = segment;
        if (last != null) {
            try {
                last.sync();
                last.close();
            } catch (IOException e) {
                LOG.warn("Closing the lease journal {} failed; its records up to {} are safe", last.path(), synced, e);
            }
        }
    }
}
