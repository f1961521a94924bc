package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one rule about pending changes: at most one for an address and one for a client, and a change is the truth only
 * once it has settled as durable. A failed one leaves no trace, so nothing is ever undone.
 */
final class LeaseChanges {

    private final LeaseTable table;
    private final OfferBook offers;
    private final LeaseWriter writer;
    private final LeaseEnds ends;
    private final CommitQueue commits;
    private final LeaseObserver observer;
    private final Map<ClientKey, PendingChange> pendingOf = new HashMap<>();

    LeaseChanges(
            LeaseTable table,
            OfferBook offers,
            LeaseWriter writer,
            LeaseEnds ends,
            CommitQueue commits,
            LeaseObserver observer) {
        this.table = table;
        this.offers = offers;
        this.writer = writer;
        this.ends = ends;
        this.commits = commits;
        this.observer = observer;
    }

    /** The change of a client that is on its way, or null. */
    @Nullable
    PendingChange of(ClientKey key) {
        return pendingOf.get(key);
    }

    /** The change of an address that is on its way, or null. */
    @Nullable
    PendingChange at(Ipv4 address) {
        int slot = table.slotOf(address);
        return slot < 0 ? null : table.pendingOf(slot);
    }

    /** The change that whoever touches this client or address has to wait for, or null. */
    @Nullable
    PendingChange touching(ClientKey key, Ipv4 address) {
        PendingChange own = of(key);
        return own != null ? own : at(address);
    }

    /** Sends a lease on its way to the disk; silence when the journal takes nothing. */
    Answer begin(LeaseWriter.Draft draft, Assignment assignment, PendingChange.Origin origin, int xid, long now) {
        Lease lease = draft.lease();
        byte[] image = LeaseCodec.encode(lease);
        long sequence = writer.append(draft, image);
        if (sequence == LeaseJournal.REFUSED) {
            abandon(lease, origin);
            return new Answer.Silent(DropReason.LEASE_NOT_WRITTEN);
        }
        PendingChange change = new PendingChange(this, sequence, lease, image, origin, xid, now);
        offers.answered(lease.key());
        pendingOf.put(lease.key(), change);
        table.setPending(change);
        commits.track(change);
        return new Answer.Committing(assignment, change);
    }

    /** The one place where a change becomes the truth, or is as if it had never been. */
    void settle(PendingChange change, boolean durable) {
        pendingOf.remove(change.key());
        if (durable) {
            offers.withdrawAt(change.address());
            offers.withdraw(change.key());
            if (change.origin() == PendingChange.Origin.CLIENT) {
                leaveOtherAddress(change);
            }
            int slot = table.put(change.lease(), change.image());
            table.acks().note(slot, change.xid(), change.madeAt());
        }
        table.clearPending(change.address());
        if (durable) {
            observer.changed(change.lease());
        } else {
            abandon(change.lease(), change.origin());
        }
    }

    /** An import claims no name. */
    private void abandon(Lease lease, PendingChange.Origin origin) {
        if (origin == PendingChange.Origin.CLIENT) {
            writer.abandon(lease);
        }
    }

    /** A client that takes an address has left its old one; an import says nothing about which one it uses. */
    private void leaveOtherAddress(PendingChange change) {
        int old = table.slotOf(change.key());
        if (old >= 0
                && !table.addressOf(old).equals(change.address())
                && table.isActive(old, change.madeAt())
                && table.pendingOf(old) == null) {
            ends.end(old, LeaseLifecycle.Input.RELEASE, change.madeAt());
        }
    }
}
