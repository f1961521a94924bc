package io.athena.dhcpd.core.journal;

import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal thread's work: batches from the queue into segments, and the news to the listeners. Only that thread calls
 * it, save for the few volatile values that others read.
 */
final class JournalWriter {

    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

    private final SegmentFolder folder;
    private final JournalSettings settings;
    private final TimeSource time;
    private final JournalQueue queue;
    private final DirtySet dirty;
    private final Batch batch;
    private final List<LeaseJournal.Listener> listeners = new CopyOnWriteArrayList<>();
    private final LongAdder batches;
    private final LongAdder records;
    private final LongAdder failures;
    private final Meters.TimerValue commitTime;
    private final int term;

    private volatile boolean writable;
    private volatile long watermark;
    private volatile long lastBusyNanos;
    private volatile long synced;
    private volatile @Nullable Segment segment;

    private long next;
    private long generation;
    private long previousGeneration;
    private boolean marked;
    private boolean complained;
    private boolean listenerComplained;
    private long retryAt;

    JournalWriter(
            SegmentFolder folder,
            JournalQueue queue,
            DirtySet dirty,
            JournalSettings settings,
            JournalReplay found,
            Meters meters,
            TimeSource time) {
        this.folder = folder;
        this.queue = queue;
        this.dirty = dirty;
        this.settings = settings;
        this.time = time;
        next = found.lastSequence() + 1;
        watermark = found.lastSequence();
        synced = found.synced();
        generation = found.highestGeneration();
        previousGeneration = found.newestGeneration();
        term = found.term();
        lastBusyNanos = time.nanoTime();
        batch = new Batch(queue);
        batches = meters.counter(DhcpMeter.JOURNAL_BATCHES);
        records = meters.counter(DhcpMeter.JOURNAL_RECORDS);
        failures = meters.counter(DhcpMeter.JOURNAL_FAILURES);
        commitTime = meters.timer(DhcpMeter.JOURNAL_COMMIT);
    }

    boolean isWritable() {
        return writable;
    }

    long watermark() {
        return watermark;
    }

    /** The highest durable sequence. */
    long synced() {
        return synced;
    }

    /** The segment that is written, null while there is none. */
    @Nullable
    Segment segment() {
        return segment;
    }

    long lastBusyNanos() {
        return lastBusyNanos;
    }

    void listen(LeaseJournal.Listener listener) {
        listeners.add(listener);
    }

    /** The sequence that is dealt with next. */
    long next() {
        return next;
    }

    boolean hasWork() {
        return queue.has(next);
    }

    /** Whether a segment is open; without one, {@link #step} tries again now and then. */
    boolean isOpen() {
        return segment != null;
    }

    /** Deals with the appends that wait; false when there are none. */
    boolean step() {
        if (segment == null && time.nanoTime() - retryAt >= 0) {
            openSegment();
        }
        if (!hasWork()) {
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
            retire(current);
            openSegment();
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

    private void failWaiting() {
        long from = next;
        long last = from;
        while (queue.has(last + 1)) {
            last++;
        }
        long upTo = last;
        failures.increment();
        done(upTo);
        tell(listener -> listener.failed(from, upTo));
    }

    private void tell(Consumer<LeaseJournal.Listener> news) {
        for (LeaseJournal.Listener listener : listeners) {
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

    private void retire(Segment old) {
        previousGeneration = old.header().generation();
        // First known as retired: a reader of the files sees the one or the other.
        folder.retire(old, synced);
        segment = null;
        try {
            old.close();
        } catch (IOException e) {
            LOG.warn("Closing the lease journal {} failed", old.path(), e);
        }
    }

    /** Goes on in a new segment, or closes the gate when there can be none. */
    void openSegment() {
        generation++;
        try {
            segment = folder.activate(
                    new SegmentHeader(generation, previousGeneration, next, synced, term, settings.segmentBytes()));
            marked = true;
            if (complained) {
                LOG.info("The lease journal can be written again");
            }
            complained = false;
            writable = true;
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
    void mark() {
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

    /** Ends after the last append. */
    void finish() {
        mark();
        Segment last = segment;
        if (last == null) {
            return;
        }
        try {
            last.sync();
            last.close();
        } catch (IOException e) {
            LOG.warn("Closing the lease journal {} failed; its records up to {} are safe", last.path(), synced, e);
        }
    }
}
