package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.store.FollowerStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has yet to be told of, in the order of the journal. It lasts: what was not reported as told is there again
 * after a restart. May be used by any thread.
 */
public final class HistoryQueue {

    /**
     * Something to be told.
     *
     * @param place where in the queue
     * @param entry what, null when it is older than the retention by now
     */
    public record Item(byte[] place, @Nullable HistoryEntry entry) {}

    private final FollowerStore store;
    private final Entries entries;

    /** Told, and not yet taken out of the store. */
    private final Set<byte[]> told = new ConcurrentSkipListSet<>(Arrays::compareUnsigned);

    HistoryQueue(FollowerStore store) {
        this.store = store;
        this.entries = new Entries(store);
    }

    /** What comes next; none when there is nothing. @param limit at most so many */
    public List<Item> next(int limit) {
        // Copied before the look at the store: what is deleted there meanwhile is forgotten here, and still seen there.
        Set<byte[]> before = new TreeSet<>(Arrays::compareUnsigned);
        told.forEach(before::add);
        List<byte[]> places = new ArrayList<>();
        store.ascend(EntryKey.queueStart(), (key, value) -> {
            boolean queued = EntryKey.isQueue(key);
            if (queued && !before.contains(key)) {
                places.add(key);
            }
            return queued && places.size() < limit;
        });
        return places.stream()
                .map(each -> new Item(each, entries.read(EntryKey.parse(each))))
                .toList();
    }

    /** These need not be told again; to be durable within seconds. */
    public void told(List<Item> items) {
        items.forEach(item -> told.add(item.place()));
    }

    boolean hasTold() {
        return !told.isEmpty();
    }

    /** The deletions of what was told. */
    List<FollowerStore.Entry> deletions() {
        return told.stream().map(place -> new FollowerStore.Entry(place, null)).toList();
    }

    /** These were saved. */
    void deleted(List<FollowerStore.Entry> deletions) {
        deletions.forEach(deletion -> told.remove(deletion.key()));
    }
}
