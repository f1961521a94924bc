package io.athena.dhcpd.core.journal;

import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
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

    /** So many segments that only followers need are worth a warning: 1 GiB, some 7 million records, by default. */
    private static final int MANY_SEGMENTS = 64;

    private final SegmentFolder folder;
    private final JournalSettings settings;
    private final JournalQueue queue;
    private final DirtySet dirty;
    private final JournalWriter writer;
    private final JournalFiles files;
    private final Followers followers;
    private final long foundUpTo;
    private final AtomicBoolean parked = new AtomicBoolean();
    private final Thread thread;

    private volatile long recyclable;
    private boolean lagging;
    private boolean robbed;

    /** Set by {@link #close}, or when the thread died of an error. */
    private volatile boolean closing;

    private FileJournal(
            SegmentFolder folder,
            JournalFiles files,
            JournalSettings settings,
            JournalReplay found,
            Set<String> expected,
            Meters meters,
            TimeSource time) {
        this.folder = folder;
        this.files = files;
        followers = new Followers(expected);
        foundUpTo = found.lastSequence();
        this.settings = settings;
        queue = new JournalQueue(settings.queueCapacity(), found.lastSequence() + 1);
        dirty = new DirtySet(found.changes());
        writer = new JournalWriter(folder, queue, dirty, settings, found, meters, time);
        thread = new Thread(this::run, "athena-journal");
    }

    /**
     * Goes on after what a replay found, in a new segment. A disk without room is no reason to fail: the journal then
     * refuses appends until there is.
     *
     * @param folder an existing folder that nobody else uses
     * @param expected followers for whom segments are kept although they have not come yet
     * @throws IOException when the files that are there cannot be taken over
     */
    public static FileJournal start(
            Path folder,
            JournalSettings settings,
            JournalFiles files,
            JournalReplay found,
            Set<String> expected,
            Meters meters,
            TimeSource time)
            throws IOException {
        SegmentFolder segments = new SegmentFolder(folder, files, settings, found.segments());
        segments.syncFound();
        segments.adoptSpares();
        FileJournal journal = new FileJournal(segments, files, settings, found, expected, meters, time);
        meters.gauge(DhcpMeter.JOURNAL_SEGMENTS_KEPT, segments::retiredCount);
        journal.writer.openSegment();
        journal.thread.start();
        return journal;
    }

    @Override
    public long append(RecordKind kind, int address, byte[] image, byte @Nullable [] previous) {
        if (!isWritable() || !fits(image, previous)) {
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
        return writer.watermark();
    }

    @Override
    public boolean isWritable() {
        return writer.isWritable() && !closing;
    }

    @Override
    public void listen(Listener listener) {
        writer.listen(listener);
    }

    /** Hands over what became durable since the last call; for the one who makes checkpoints. */
    public Changes takeChanges() {
        return dirty.take();
    }

    /** Whether {@link #takeChanges} would have anything to hand over. */
    public boolean hasChanges() {
        return !dirty.isEmpty();
    }

    /** How many full segments hold records beyond this sequence. */
    public int segmentsBeyond(long sequence) {
        return folder.retiredCount() - folder.retiredCount(sequence);
    }

    /** When the last batch ended, by the monotonic clock. */
    public long lastBusyNanos() {
        return writer.lastBusyNanos();
    }

    /** The highest durable sequence. */
    public long synced() {
        return writer.synced();
    }

    /**
     * A reader of the journal from a sequence on. What it has not released is kept from now on, also when it is closed
     * or closed and opened again, until {@link #unfollow}.
     *
     * @param name who reads
     * @param from the sequence up to which the reader knows everything; one that the journal has never reached is from
     *     another journal, and reading begins with what this one was given since its start
     */
    public JournalTail follow(String name, long from) {
        long known = from;
        if (from > watermark()) {
            LOG.warn(
                    "The follower {} knows the lease journal up to record {}, which it does not reach: records were"
                            + " lost or its folder was exchanged; it goes on after record {}",
                    name,
                    from,
                    foundUpTo);
            known = foundUpTo;
        }
        followers.hold(name, known);
        return new FileTail(name, known, new SegmentTrail(folder, writer), files, followers);
    }

    /** Keeps nothing for a follower any more, whether it ever came or not. */
    public void unfollow(String name) {
        followers.drop(name);
    }

    /** Reuses segments whose records are all in a checkpoint that reaches to {@code applied} and known to all followers. */
    public void recycle(long applied) throws IOException {
        recyclable = applied;
        folder.recycle(Math.min(applied, followers.released()));
        complainOfLag(applied);
    }

    private void complainOfLag(long applied) {
        int waiting = folder.retiredCount(applied);
        if (waiting >= MANY_SEGMENTS && !lagging) {
            lagging = true;
            LOG.warn(
                    "{} segments of the lease journal ({} MiB) are kept for {} alone, which does not keep up; the disk"
                            + " fills until it does",
                    waiting,
                    (long) waiting * settings.segmentBytes() >> 20,
                    String.join(", ", followers.waitingFor(applied)));
        } else if (waiting < MANY_SEGMENTS / 2) {
            lagging = false;
        }
    }

    /**
     * Has a spare segment ready, so that a full disk shows before it hurts. Without room for one, the oldest segment that
     * only followers need becomes the spare: leases go before what is made of them afterwards.
     */
    public void prepareSpare() throws IOException {
        try {
            folder.prepareSpare();
        } catch (IOException e) {
            if (!folder.recycleOldest(recyclable)) {
                throw e;
            }
            if (!robbed) {
                LOG.error(
                        "The disk of the lease journal is full: segments that {} has not read are reused, its records"
                                + " of them are lost. Make room",
                        String.join(", ", followers.waitingFor(recyclable)),
                        e);
            }
            robbed = true;
        }
    }

    /** Makes everything accepted so far durable and ends; later appends are refused. Waits for the journal thread. */
    @Override
    public void close() {
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
            closing = true;
            LOG.error("No lease can be granted until a restart: the lease journal ended", e);
        }
    }

    private void work() {
        while (!closing) {
            if (!writer.step()) {
                writer.mark();
                idle();
            }
        }
        long end = queue.shut();
        while (writer.next() < end) {
            if (!writer.step()) {
                Thread.onSpinWait();
            }
        }
        writer.finish();
    }

    private void idle() {
        parked.set(true);
        if (!writer.hasWork() && !closing) {
            if (writer.isOpen()) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, settings.retryNanos());
            }
        }
        parked.set(false);
    }
}
