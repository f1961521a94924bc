package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.journal.JournalTail;
import io.athena.dhcpd.core.store.FollowerStore;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves entries with the place in the journal that they belong to, and takes old ones away: about once a second while
 * something happens, not at all while nothing does. For one thread.
 */
final class HistoryFile {

    /** So many entries are saved although the second is not over. */
    static final int MANY = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(HistoryFile.class);
    private static final long SAVE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Journal segments wait for the cursor, so it must not lag for ever where all records are renewals. */
    private static final long CURSOR_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final FollowerStore store;
    private final HistoryPen pen;
    private final HistoryQueue queue;
    private final Sweep sweep;
    private final TimeSource time;
    private long cursor;
    private long savedAt;
    private long sweepAt;
    private @Nullable String problem;

    HistoryFile(FollowerStore store, HistoryPen pen, HistoryQueue queue, TimeSource time) {
        this.store = store;
        this.pen = pen;
        this.queue = queue;
        this.sweep = new Sweep(store);
        this.time = time;
        cursor = store.cursor();
        savedAt = time.nanoTime();
        sweepAt = savedAt;
    }

    /** What keeps entries from being saved; null when nothing does. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Whether more may be taken in. */
    boolean hasRoom() {
        return pen.size() < MANY;
    }

    /**
     * Saves when it is time.
     *
     * @param queued whether what is saved is to be told to somebody
     * @param horizon what is older may go, epoch seconds
     * @return whether there is more to be done at once
     */
    boolean saveIfDue(JournalTail tail, boolean queued, long horizon) {
        long now = time.nanoTime();
        long since = now - savedAt;
        if (problem != null && since < RETRY_NANOS) {
            return false;
        }
        Sweep.Slice slice = now - sweepAt >= 0 ? sweep.next(horizon) : null;
        if (now - sweepAt >= 0 && slice == null) {
            sweepAt = now + SWEEP_NANOS;
        }
        boolean something = pen.size() > 0 || queue.hasTold();
        boolean due = since >= SAVE_NANOS && something || pen.size() >= MANY || slice != null;
        if (due || since >= CURSOR_NANOS && tail.position() > cursor) {
            boolean saved = save(tail, queued, slice, List.of());
            return saved && slice != null && !slice.isLast();
        }
        return false;
    }

    /** Saves what there is now. @param landmarks what is to be saved with it @return whether it was saved */
    boolean save(JournalTail tail, boolean queued, List<FollowerStore.Entry> landmarks) {
        return save(tail, queued, null, landmarks);
    }

    private boolean save(
            JournalTail tail, boolean queued, Sweep.@Nullable Slice slice, List<FollowerStore.Entry> landmarks) {
        long position = tail.position();
        savedAt = time.nanoTime();
        List<FollowerStore.Entry> told = queue.deletions();
        List<FollowerStore.Entry> changes = new ArrayList<>(pen.changes(queued));
        changes.addAll(told);
        changes.addAll(landmarks);
        if (slice != null) {
            changes.addAll(slice.changes());
        }
        if (changes.isEmpty() && position == cursor) {
            return true;
        }
        try {
            store.save(position, changes);
        } catch (RuntimeException e) {
            if (problem == null) {
                LOG.error("The history cannot be written; it goes on when that is possible again", e);
            }
            problem = "the history cannot be written: " + e;
            return false;
        }
        if (problem != null) {
            LOG.info("The history is written again");
        }
        problem = null;
        queue.deleted(told);
        cursor = position;
        tail.release(position);
        if (slice != null) {
            sweep.done(slice);
        }
        sweep.lookAgainFrom(pen.oldest());
        pen.saved();
        return true;
    }
}
