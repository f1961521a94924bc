package io.athena.dhcpd.app.leases;

import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.JournalFate;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.LeaseStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Imports into a store that this process holds alone; an address or a client that has a lease keeps it. */
final class OfflineImport {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A client on a link, which holds at most one lease there. */
    private record Holder(String link, ClientKey key) {}

    private final LeaseStore store;
    private final Function<Ipv4, String> linkOf;
    private final long now;
    private final Map<Ipv4, ClientKey> active = new HashMap<>();
    private final Map<Holder, Ipv4> held = new HashMap<>();
    private final Set<Ipv4> unreadable = new HashSet<>();

    /** @param linkOf the link that an address belongs to, or an empty text */
    OfflineImport(LeaseStore store, Function<Ipv4, String> linkOf, long now) {
        this.store = store;
        this.linkOf = linkOf;
        this.now = now;
        RecoveredState stored = store.recovered();
        stored.damaged().forEach(bits -> unreadable.add(new Ipv4(bits)));
        stored.forEachLease((address, image) -> remember(new Ipv4(address), image));
    }

    /** For each lease why it was not imported; empty text where it was, and then it is durable. */
    List<String> run(List<Lease> leases) throws InterruptedException {
        List<String> refusals = new ArrayList<>();
        LeaseJournal journal = store.journal();
        JournalFate fate = JournalFate.of(journal);
        long last = 0;
        for (Lease lease : leases) {
            String refusal = refusal(lease);
            if (refusal.isEmpty()) {
                long sequence = journal.append(RecordKind.LEASE, lease.ip().bits(), LeaseCodec.encode(lease), null);
                refusal = sequence == LeaseJournal.REFUSED ? "could not be written: the journal takes no records" : "";
                last = Math.max(last, sequence);
            }
            refusals.add(refusal);
        }
        return last == 0 || fate.reached(last, PATIENCE)
                ? refusals
                : refusals.stream()
                        .map(refusal -> refusal.isEmpty() ? "may not have been written: the disk failed" : refusal)
                        .toList();
    }

    private String refusal(Lease lease) {
        ClientKey holder = active.get(lease.ip());
        Ipv4 other = held.get(new Holder(linkOf.apply(lease.ip()), lease.key()));
        if (unreadable.contains(lease.ip())) {
            return "is quarantined: its record is damaged";
        }
        if (holder != null && !holder.equals(lease.key())) {
            return "is leased to another client";
        }
        return other != null && !other.equals(lease.ip()) ? "is refused: its client holds " + other : "";
    }

    private void remember(Ipv4 ip, byte[] image) {
        try {
            Lease lease = LeaseCodec.decode(image);
            if (lease.isActive(now)) {
                active.put(ip, lease.key());
                held.put(new Holder(linkOf.apply(ip), lease.key()), ip);
            }
        } catch (CorruptRecordException e) {
            unreadable.add(ip);
        }
    }
}
