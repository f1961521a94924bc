package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.Previous;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import org.jspecify.annotations.Nullable;

/**
 * What one record of the journal means for the names of its address.
 *
 * @param address whose record it is
 * @param before the name that the address had until then, or null
 * @param now the name that it has from then on, or null
 * @param at when, epoch seconds
 */
public record NameChange(
        Ipv4 address, @Nullable HeldName before, @Nullable HeldName now, long at) {

    /** Reads a record; null when it is about something else than a lease, or no name is concerned. */
    static @Nullable NameChange of(RecordKind kind, byte[] image, byte @Nullable [] previous)
            throws CorruptRecordException {
        if (kind != RecordKind.LEASE && kind != RecordKind.EXPIRE) {
            return null;
        }
        Lease lease = LeaseCodec.decode(image);
        HeldName now = HeldName.of(lease);
        HeldName before = previous == null ? null : before(Previous.decode(previous), lease);
        return now == null && before == null ? null : new NameChange(lease.ip(), before, now, lease.lastUpdated());
    }

    private static @Nullable HeldName before(Previous previous, Lease lease) {
        ClientKey client = previous.key() == null ? lease.key() : previous.key();
        return HeldName.of(previous.fqdn(), client, previous.nameDecision(), lease.subnet());
    }

    /** Whether nothing about the name is new: a lease was extended. */
    public boolean isRenewal() {
        return now != null && now.equals(before);
    }
}
