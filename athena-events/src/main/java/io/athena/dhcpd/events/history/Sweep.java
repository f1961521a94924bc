package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.store.FollowerStore;
import io.athena.dhcpd.core.store.FollowerStore.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes away what is older than the retention, a slice at a time. The last entry of an address that says that somebody
 * has it stays until it is told how that went on, and that is too old as well: else nobody could say who had it at times
 * that the history still covers. So an entry that becomes too old takes the one before it along, and itself where it is an
 * end. For one thread.
 */
final class Sweep {

    private static final int SLICE = 1_000;

    private final FollowerStore store;
    private final Entries entries;
    private final Landmarks landmarks;
    private byte[] position;

    Sweep(FollowerStore store) {
        this.store = store;
        this.entries = new Entries(store);
        this.landmarks = new Landmarks(store);
        this.position = landmarks.swept();
    }

    /**
     * What goes next.
     *
     * @param changes the deletions, with how far the sweep got
     * @param position how far it got
     * @param isLast whether nothing more is too old at present
     */
    record Slice(List<Entry> changes, byte[] position, boolean isLast) {}

    /** The next slice; null when nothing is too old. @param horizon what is older goes, epoch seconds */
    @Nullable
    Slice next(long horizon) {
        List<byte[]> old = new ArrayList<>();
        List<byte[]> ends = new ArrayList<>();
        store.ascend(position.length == 0 ? EntryKey.byTimeFrom(0) : EntryKey.after(position), (key, value) -> {
            if (!EntryKey.isByTime(key) || EntryKey.parse(key).time() >= horizon) {
                return false;
            }
            old.add(key);
            HistoryEntry entry = EntryCodec.decode(EntryKey.parse(key), value);
            if (entry == null || !entry.kind().holds()) {
                ends.add(key);
            }
            return old.size() < SLICE;
        });
        if (old.isEmpty()) {
            return null;
        }
        List<Entry> changes = new ArrayList<>();
        for (byte[] key : old) {
            EntryKey former = entries.before(EntryKey.parse(key));
            if (former != null) {
                delete(former, changes);
            }
        }
        ends.forEach(key -> delete(EntryKey.parse(key), changes));
        byte[] reached = old.get(old.size() - 1);
        changes.add(Landmarks.swept(reached));
        changes.add(Landmarks.reach(
                Math.max(landmarks.reach(), EntryKey.parse(reached).time())));
        return new Slice(changes, reached, old.size() < SLICE);
    }

    private static void delete(EntryKey key, List<Entry> changes) {
        changes.add(new Entry(key.byTime(), null));
        changes.add(new Entry(key.byAddress(), null));
        changes.add(new Entry(key.queue(), null));
    }

    /** A slice was saved. */
    void done(Slice slice) {
        position = slice.position();
    }

    /** Entries of that time come late: the sweep has to look there again. */
    void lookAgainFrom(long time) {
        if (EntryKey.isByTime(position) && EntryKey.parse(position).time() >= time) {
            position = EntryKey.byTimeFrom(Math.max(0, time));
        }
    }
}
