package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.Previous;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.FollowerStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns records into entries and keeps these until they are saved. For one thread. */
final class HistoryPen {

    private static final byte[] NOTHING = new byte[0];

    private final Entries stored;
    private final Meters meters;
    private final Renewals renewals = new Renewals();
    private final List<HistoryEntry> written = new ArrayList<>();
    private final Map<Ipv4, HistoryEntry> lastWritten = new HashMap<>();

    HistoryPen(Entries stored, Meters meters) {
        this.stored = stored;
        this.meters = meters;
    }

    /** Takes in a record of the journal. @throws CorruptRecordException when it says nothing that can be understood */
    void record(long sequence, RecordKind kind, byte[] image, byte @Nullable [] previous)
            throws CorruptRecordException {
        if (kind == RecordKind.LEASE || kind == RecordKind.EXPIRE) {
            Lease lease = LeaseCodec.decode(image);
            long formerExpiry = previous == null ? 0 : Previous.decode(previous).expiry();
            // A lease that is older than the record was given before anybody wrote it down.
            boolean older = lease.start() < lease.lastUpdated();
            lease(lease, older ? EntryKind.KNOWN : EntryKind.GRANTED, formerExpiry, sequence);
        }
    }

    /**
     * Takes in a lease as it is found. One that is over matters only to an address that somebody is written to have.
     *
     * @param sequence up to where the journal is known
     */
    void found(Lease lease, long sequence) {
        HistoryEntry last = last(lease.ip());
        if (lease.state() == LeaseState.ACTIVE || last != null && last.kind().holds()) {
            lease(lease, EntryKind.KNOWN, 0, sequence);
        }
    }

    /** The last entry of an address, saved or not; null when there is none. */
    @Nullable
    HistoryEntry last(Ipv4 ip) {
        HistoryEntry last = lastWritten.get(ip);
        return last == null ? stored.last(ip, Long.MAX_VALUE) : last;
    }

    private void lease(Lease lease, EntryKind beginning, long formerExpiry, long sequence) {
        Ipv4 ip = lease.ip();
        byte[] facts = lease.state() == LeaseState.ACTIVE ? HistoryEntry.facts(lease) : NOTHING;
        if (facts.length > 0 && renewals.isKnown(ip, facts)) {
            return;
        }
        for (HistoryEntry entry : Transitions.of(lease, beginning, formerExpiry, sequence, last(ip))) {
            written.add(entry);
            lastWritten.put(ip, entry);
            meters.counter(DhcpMeter.HISTORY_ENTRIES, entry.kind().tag()).increment();
        }
        if (facts.length > 0) {
            renewals.learn(ip, facts);
        } else {
            renewals.forget(ip);
        }
    }

    /** Entries that wait to be saved. */
    int size() {
        return written.size();
    }

    /** The time of the oldest of them. */
    long oldest() {
        return written.stream().mapToLong(HistoryEntry::time).min().orElse(Long.MAX_VALUE);
    }

    /** What has to be stored for them. @param queued whether syslog is to be told of them */
    List<FollowerStore.Entry> changes(boolean queued) {
        List<FollowerStore.Entry> changes = new ArrayList<>(written.size() * (queued ? 3 : 2));
        for (HistoryEntry entry : written) {
            EntryKey key = EntryKey.of(entry);
            changes.add(new FollowerStore.Entry(key.byTime(), EntryCodec.encode(entry)));
            changes.add(new FollowerStore.Entry(key.byAddress(), NOTHING));
            if (queued) {
                changes.add(new FollowerStore.Entry(key.queue(), NOTHING));
            }
        }
        return changes;
    }

    void saved() {
        written.clear();
        lastWritten.clear();
    }
}
