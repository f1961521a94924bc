package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.FollowerStore;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds entries in the store. May be used by any thread. */
final class Entries {

    private final FollowerStore store;

    Entries(FollowerStore store) {
        this.store = store;
    }

    /** The entry of a place; null when it is gone or cannot be understood. */
    @Nullable
    HistoryEntry read(EntryKey key) {
        byte[] wanted = key.byTime();
        HistoryEntry[] found = new HistoryEntry[1];
        store.ascend(wanted, (each, value) -> {
            if (Arrays.equals(each, wanted)) {
                found[0] = EntryCodec.decode(key, value);
            }
            return false;
        });
        return found[0];
    }

    /** The last entry of an address up to a time; null when there is none. */
    @Nullable
    HistoryEntry last(Ipv4 ip, long time) {
        EntryKey key = lastKey(ip, EntryKey.last(ip, time).byAddress());
        return key == null ? null : read(key);
    }

    /** The place of the entry of the same address before this one; null when it is the first. */
    @Nullable
    EntryKey before(EntryKey key) {
        byte[] own = key.byAddress();
        EntryKey[] found = new EntryKey[1];
        store.descend(own, (each, value) -> {
            if (Arrays.equals(each, own)) {
                return true;
            }
            found[0] = keyOf(key.ip(), each);
            return false;
        });
        return found[0];
    }

    private @Nullable EntryKey lastKey(Ipv4 ip, byte[] from) {
        EntryKey[] found = new EntryKey[1];
        store.descend(from, (each, value) -> {
            found[0] = keyOf(ip, each);
            return false;
        });
        return found[0];
    }

    /** The first entry of an address from a place on that a test is true of; null when there is none. */
    @Nullable
    HistoryEntry firstFrom(EntryKey place, Predicate<HistoryEntry> test) {
        byte[] from = place.byAddress();
        while (true) {
            EntryKey key = firstKey(place.ip(), from);
            if (key == null) {
                return null;
            }
            HistoryEntry entry = read(key);
            if (entry != null && test.test(entry)) {
                return entry;
            }
            from = EntryKey.after(key.byAddress());
        }
    }

    private @Nullable EntryKey firstKey(Ipv4 ip, byte[] from) {
        EntryKey[] found = new EntryKey[1];
        store.ascend(from, (each, value) -> {
            found[0] = keyOf(ip, each);
            return false;
        });
        return found[0];
    }

    /** The place that a key by address says; null when it is of another address or table. */
    static @Nullable EntryKey keyOf(Ipv4 ip, byte[] key) {
        if (!EntryKey.isByAddress(key)) {
            return null;
        }
        EntryKey parsed = EntryKey.parse(key);
        return parsed.ip().equals(ip) ? parsed : null;
    }

    /** The next address above this one that has entries; null when there is none. */
    @Nullable
    Ipv4 addressAfter(Ipv4 ip) {
        Ipv4[] found = new Ipv4[1];
        store.ascend(EntryKey.last(ip, -1).byAddress(), (each, value) -> {
            found[0] = EntryKey.isByAddress(each) ? EntryKey.parse(each).ip() : null;
            return false;
        });
        return found[0];
    }
}
