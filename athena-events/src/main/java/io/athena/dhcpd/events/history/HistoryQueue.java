package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.store.FollowerStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private final Queue<byte[]> told = new ConcurrentLinkedQueue<>();

    HistoryQueue(FollowerStore store) {
        this.store = store;
        this.entries = new Entries(store);
    }

    /** What comes after a place, empty for the beginning. @param limit at most so many */
    public List<Item> after(byte[] place, int limit) {
        byte[] from = place.length == 0 ? EntryKey.queueStart() : EntryKey.after(place);
        List<byte[]> places = new ArrayList<>();
        store.ascend(from, (key, value) -> {
            if (EntryKey.isQueue(key)) {
                places.add(key);
            }
            return EntryKey.isQueue(key) && places.size() < limit;
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

    /** The deletions of what was told; to be called again when they could not be saved. */
    List<FollowerStore.Entry> takeTold() {
        List<FollowerStore.Entry> deletions = new ArrayList<>();
        for (byte[] place = told.poll(); place != null; place = told.poll()) {
            deletions.add(new FollowerStore.Entry(place, null));
        }
        return deletions;
    }

    /** A save failed. */
    void untake(List<FollowerStore.Entry> deletions) {
        deletions.forEach(deletion -> told.add(deletion.key()));
    }
}
