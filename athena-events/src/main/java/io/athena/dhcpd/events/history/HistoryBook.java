package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.FollowerStore;
import io.athena.dhcpd.events.history.HistoryAnswer.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers questions from what is written. May be used by any thread. */
public final class HistoryBook {

    /** Entries that are looked at for one page; a page may be empty and yet have a next one. */
    private static final int LOOKED_AT = 10_000;

    private final FollowerStore store;
    private final Entries entries;
    private final Landmarks landmarks;

    /** @param store of the follower {@code history} */
    public HistoryBook(FollowerStore store) {
        this.store = store;
        this.entries = new Entries(store);
        this.landmarks = new Landmarks(store);
    }

    /** From when on the history is complete, epoch seconds; 0 when it has not begun. */
    public long reach() {
        return landmarks.begin() == 0 ? 0 : landmarks.reach();
    }

    /**
     * Who had an address.
     *
     * @param at epoch seconds
     * @param now epoch seconds
     * @param current the lease that the address has by now in whatever state: renewals are not written here
     */
    public HistoryAnswer answer(Ipv4 ip, long at, long now, Optional<Lease> current) {
        HistoryEntry before = entries.last(ip, at);
        boolean seen = before != null && before.kind().holds();
        HistoryEntry holder = seen ? before : entries.firstFrom(EntryKey.first(ip, at + 1), entry -> true);
        if (holder == null || holder.lease().start() > at && !seen) {
            return nobody(at);
        }
        HistoryEntry ending = ending(holder);
        if (ending != null) {
            return HistoryAnswer.held(holder, ending.time());
        }
        Lease lease = current.filter(holder::isTenureOf).orElse(null);
        if (lease == null || lease.isActive(now)) {
            return HistoryAnswer.held(lease == null ? holder : renewed(holder, lease), HistoryAnswer.NOT_YET);
        }
        // The end is not written down yet.
        return at < lease.expiry() ? HistoryAnswer.held(renewed(holder, lease), lease.expiry()) : nobody(at);
    }

    private static HistoryEntry renewed(HistoryEntry holder, Lease lease) {
        Lease until = holder.lease().until(lease.expiry());
        return new HistoryEntry(holder.kind(), holder.time(), holder.sequence(), until);
    }

    /** The entry with which a client's having the address ended, it may be the given one; null when there is none. */
    private @Nullable HistoryEntry ending(HistoryEntry holder) {
        return entries.firstFrom(
                EntryKey.of(holder), entry -> !entry.kind().holds() || !entry.isTenureOf(holder.lease()));
    }

    private HistoryAnswer nobody(long at) {
        for (Landmarks.Gap gap : landmarks.gaps()) {
            if (gap.covers(at)) {
                return HistoryAnswer.of(Verdict.OFF, gap.since());
            }
        }
        long reach = reach();
        return reach == 0 || at < reach ? HistoryAnswer.of(Verdict.BEFORE, reach) : HistoryAnswer.of(Verdict.NOBODY, 0);
    }

    /**
     * Some entries, the newest first.
     *
     * @param from empty, or the {@code next} of the page before
     * @param limit at most so many
     */
    public HistoryPage page(HistoryQuery query, byte[] from, int limit) {
        return query.ip() == null ? ofAll(query, from, limit) : ofAddress(query, query.ip(), from, limit);
    }

    private HistoryPage ofAll(HistoryQuery query, byte[] from, int limit) {
        byte[] start =
                from.length == 0 ? EntryKey.last(new Ipv4(-1), query.until()).byTime() : from;
        List<HistoryEntry> found = new ArrayList<>();
        byte[][] next = {new byte[0]};
        int[] looked = {0};
        store.descend(start, (key, value) -> {
            EntryKey place = EntryKey.isByTime(key) ? EntryKey.parse(key) : null;
            if (place == null || place.time() < query.since()) {
                return false;
            }
            if (found.size() == limit || looked[0]++ == LOOKED_AT) {
                next[0] = key;
                return false;
            }
            HistoryEntry entry = EntryCodec.decode(place, value);
            if (entry != null && query.passes(entry)) {
                found.add(entry);
            }
            return true;
        });
        return new HistoryPage(found, next[0]);
    }

    private HistoryPage ofAddress(HistoryQuery query, Ipv4 ip, byte[] from, int limit) {
        byte[] start = from.length == 0 ? EntryKey.last(ip, query.until()).byAddress() : from;
        List<EntryKey> places = new ArrayList<>();
        byte[][] next = {new byte[0]};
        store.descend(start, (key, value) -> {
            EntryKey place = Entries.keyOf(ip, key);
            if (place == null || place.time() < query.since()) {
                return false;
            }
            if (places.size() == limit) {
                next[0] = key;
                return false;
            }
            places.add(place);
            return true;
        });
        List<HistoryEntry> found = new ArrayList<>();
        for (EntryKey place : places) {
            HistoryEntry entry = entries.read(place);
            if (entry != null && query.passes(entry)) {
                found.add(entry);
            }
        }
        return new HistoryPage(found, next[0]);
    }
}
