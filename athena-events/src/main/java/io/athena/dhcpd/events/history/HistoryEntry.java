package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import java.util.Arrays;

/**
 * Something that happened to an address.
 *
 * @param kind what
 * @param time when, epoch seconds; never before the entry before it of the same address
 * @param sequence the journal record that told it
 * @param lease who has or had the address, since when, and until when as known then; without what the history does not
 *     keep
 */
public record HistoryEntry(EntryKind kind, long time, long sequence, Lease lease) {

    static HistoryEntry of(EntryKind kind, long time, long sequence, Lease lease) {
        return new HistoryEntry(kind, time, sequence, kept(lease, lease.expiry()));
    }

    /** Whether it is the same client's having the address without a break. */
    boolean isTenureOf(Lease other) {
        return lease.start() == other.start() && lease.key().equals(other.key());
    }

    /** Whether nothing that the history keeps is another, the expiry aside. */
    boolean says(byte[] facts) {
        return Arrays.equals(facts(lease), facts);
    }

    /** Everything about a lease whose change is worth an entry. */
    static byte[] facts(Lease lease) {
        return LeaseCodec.encode(kept(lease, 0));
    }

    private static Lease kept(Lease lease, long expiry) {
        return new Lease(
                lease.ip(),
                LeaseState.ACTIVE,
                lease.key(),
                lease.mac(),
                lease.clientId(),
                lease.hostname(),
                lease.fqdn(),
                lease.start(),
                expiry,
                lease.subnet(),
                null,
                lease.giaddr(),
                null,
                lease.circuitId(),
                lease.remoteId(),
                null,
                0,
                0,
                null);
    }
}
