package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ends leases: in the table at once, in the journal as soon as that takes the record. No client waits for it, but names in
 * DNS and the history do, so what a full or failing disk refuses is owed and written later.
 */
final class LeaseEnds {

    private static final int RETRIES_A_TURN = 32;

    /** @param former what the journal says until it has heard @param image what the table says */
    private record End(Lease former, Lease ended, byte[] image, RecordKind kind) {}

    private final LeaseJournal journal;
    private final LeaseTable table;
    private final CommitQueue commits;
    private final LeaseObserver observer;
    private final Map<Ipv4, End> owed = new LinkedHashMap<>();

    LeaseEnds(LeaseJournal journal, LeaseTable table, CommitQueue commits, LeaseObserver observer) {
        this.journal = journal;
        this.table = table;
        this.commits = commits;
        this.observer = observer;
    }

    /** Ends a lease whose client has left it. */
    void end(int slot, LeaseLifecycle.Input how, long now) {
        End end = endOf(slot, how, now, RecordKind.LEASE);
        table.put(end.ended(), end.image());
        if (!write(end, true)) {
            owed.put(end.ended().ip(), end);
            observer.changed(end.ended());
        }
    }

    /**
     * Ends a lease whose time is over. It is journalled where somebody acts on it: its name is to go, or every expiry is
     * asked for. Any other can be worked out again from the image before it.
     *
     * @return false when the journal takes no record at present: by the clock the lease is over all the same
     */
    boolean expire(int slot, long now, boolean always) {
        End end = endOf(slot, LeaseLifecycle.Input.EXPIRE, now, RecordKind.EXPIRE);
        boolean asked = always || end.former().fqdn() != null;
        if (asked && !write(end, true)) {
            return false;
        }
        table.put(end.ended(), end.image());
        if (!asked) {
            observer.changed(end.ended());
        }
        return true;
    }

    private End endOf(int slot, LeaseLifecycle.Input how, long now, RecordKind kind) {
        Lease former = Images.lease(Objects.requireNonNull(table.imageOf(slot)));
        Lease ended = former.ended(LeaseLifecycle.on(former.state(), how), now);
        return new End(former, ended, LeaseCodec.encode(ended), kind);
    }

    private boolean write(End end, boolean told) {
        Ipv4 address = end.ended().ip();
        long sequence =
                journal.append(end.kind(), address.bits(), end.image(), LeaseWriter.previous(end.former(), null));
        if (sequence == LeaseJournal.REFUSED) {
            return false;
        }
        commits.afterwards(sequence, durable -> {
            if (!durable && stands(end)) {
                owed.put(address, end);
            }
            if (told) {
                observer.changed(end.ended());
            }
        });
        return true;
    }

    /** What the journal says of an address: it may not have heard that the lease before is over. */
    @Nullable
    Lease onRecord(Ipv4 address, @Nullable Lease current) {
        End end = owed.get(address);
        return end != null && stands(end) ? end.former() : current;
    }

    /** Whether nothing has taken the place of the lease that ended. */
    private boolean stands(End end) {
        return Arrays.equals(table.imageOf(table.slotOf(end.ended().ip())), end.image());
    }

    /** Writes some of what is owed, if the journal takes it by now. */
    void settle() {
        if (owed.isEmpty() || !journal.isWritable()) {
            return;
        }
        Iterator<End> ends = owed.values().iterator();
        for (int i = 0; ends.hasNext() && i < RETRIES_A_TURN; i++) {
            End end = ends.next();
            boolean awaited = table.pendingOf(table.slotOf(end.ended().ip())) != null;
            if (!awaited && (!stands(end) || write(end, false))) {
                ends.remove();
            }
        }
    }
}
