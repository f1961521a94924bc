package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.store.FollowerStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What a follower keeps, in memory; a save is there in full or, when it is told to fail, not at all. */
public final class MemoryStore implements FollowerStore {

    private final NavigableMap<byte[], byte[]> entries = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
    private volatile long cursor;
    volatile boolean failing;
    volatile int saves;

    /** A history that looks at no leases when it starts, because it has before. */
    public static MemoryStore begun(long since) {
        MemoryStore store = new MemoryStore();
        store.save(0, List.of(Landmarks.began(since)));
        return store;
    }

    @Override
    public long cursor() {
        return cursor;
    }

    @Override
    public synchronized void save(long newCursor, List<Entry> changes) {
        if (failing) {
            throw new IllegalStateException("no space left on device");
        }
        for (Entry change : changes) {
            byte[] value = change.value();
            if (value == null) {
                entries.remove(change.key());
            } else {
                entries.put(change.key(), value);
            }
        }
        cursor = newCursor;
        saves++;
    }

    @Override
    public void ascend(byte[] from, Visitor visitor) {
        visit(entries.tailMap(from, true), visitor);
    }

    @Override
    public void descend(byte[] from, Visitor visitor) {
        visit(entries.headMap(from, true).descendingMap(), visitor);
    }

    private static void visit(NavigableMap<byte[], byte[]> part, Visitor visitor) {
        for (Map.Entry<byte[], byte[]> each : part.entrySet()) {
            if (!visitor.entry(each.getKey().clone(), each.getValue().clone())) {
                return;
            }
        }
    }

    int size() {
        return entries.size();
    }

    /** The entries of the history, the oldest first, as {@code time kind address client}. */
    public List<String> told() {
        List<String> told = new ArrayList<>();
        ascend(EntryKey.byTimeFrom(0), (key, value) -> {
            if (!EntryKey.isByTime(key)) {
                return false;
            }
            HistoryEntry entry = EntryCodec.decode(EntryKey.parse(key), value);
            told.add(entry.time() + " " + entry.kind().tag() + " "
                    + entry.lease().ip() + " " + entry.lease().hostname());
            return true;
        });
        return told;
    }

    @Override
    public void close() {}
}
