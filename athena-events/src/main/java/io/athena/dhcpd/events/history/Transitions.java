package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.lease.Lease;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a record of a lease means after what was written of its address last. */
final class Transitions {

    private final Lease lease;
    private final EntryKind beginning;
    private final long formerExpiry;
    private final long sequence;
    private final @Nullable HistoryEntry last;
    private final List<HistoryEntry> entries = new ArrayList<>(2);

    private Transitions(
            Lease lease, EntryKind beginning, long formerExpiry, long sequence, @Nullable HistoryEntry last) {
        this.lease = lease;
        this.beginning = beginning;
        this.formerExpiry = formerExpiry;
        this.sequence = sequence;
        this.last = last;
    }

    /**
     * The entries of a record, none when nothing is new but the expiry.
     *
     * @param beginning what it is called when a client has the address that it was not known to have
     * @param formerExpiry when the lease that it replaces ended or would have, 0 when that is not told
     * @param last the last entry of the address, or null
     */
    static List<HistoryEntry> of(
            Lease lease, EntryKind beginning, long formerExpiry, long sequence, @Nullable HistoryEntry last) {
        Transitions transitions = new Transitions(lease, beginning, formerExpiry, sequence, last);
        switch (lease.state()) {
            case ACTIVE -> transitions.held();
            case RELEASED -> transitions.ended(EntryKind.RELEASED);
            case EXPIRED -> transitions.ended(EntryKind.EXPIRED);
            case DECLINED -> transitions.ended(EntryKind.DECLINED);
            case FREE, OFFERED -> {
                // Neither is anybody's having the address.
            }
        }
        return transitions.entries;
    }

    private void held() {
        HistoryEntry open = open();
        if (open != null && open.isTenureOf(lease)) {
            if (!open.says(HistoryEntry.facts(lease))) {
                add(EntryKind.CHANGED, lease.lastUpdated(), lease);
            }
            return;
        }
        endUnseen(open);
        add(beginning, lease.start(), lease);
    }

    private void ended(EntryKind how) {
        HistoryEntry open = open();
        if (open == null && last != null && last.isTenureOf(lease)) {
            return;
        }
        if (open != null && !open.isTenureOf(lease)) {
            endUnseen(open);
        }
        add(how, lease.expiry() == Lease.FOREVER ? lease.lastUpdated() : lease.expiry(), lease);
    }

    /** Somebody had the address, and no record says how that ended. */
    private void endUnseen(@Nullable HistoryEntry open) {
        if (open == null) {
            return;
        }
        Lease former = open.lease();
        long start = lease.start();
        if (formerExpiry != 0 && formerExpiry <= start) {
            add(EntryKind.EXPIRED, formerExpiry, former.until(formerExpiry));
        } else if (former.key().equals(lease.key())) {
            long end = Math.min(start, Math.max(former.expiry(), open.time()));
            add(EntryKind.EXPIRED, end, former.until(end));
        } else {
            add(EntryKind.SUPERSEDED, start, former.until(Math.min(start, former.expiry())));
        }
    }

    private @Nullable HistoryEntry open() {
        return last != null && last.kind().holds() ? last : null;
    }

    /** A clock that was set back must not put an end before its beginning. */
    private void add(EntryKind kind, long time, Lease of) {
        HistoryEntry before = entries.isEmpty() ? last : entries.get(entries.size() - 1);
        long notBefore = before == null ? 0 : before.time();
        entries.add(HistoryEntry.of(kind, Math.max(time, notBefore), sequence, of));
    }
}
