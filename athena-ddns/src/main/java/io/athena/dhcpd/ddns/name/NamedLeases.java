package io.athena.dhcpd.ddns.name;

import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.lease.Lease;
import java.util.List;

/**
 * Leases as they stand; whoever visits them leaves behind who has which name.
 *
 * @param holders learns of the names
 * @param now epoch seconds; leases that are over by then have no name
 */
public record NamedLeases(RecoveredState leases, NameHolders holders, long now) implements RecoveredState {

    @Override
    public void forEachLease(Visitor visitor) {
        leases.forEachLease((address, image) -> {
            note(image);
            visitor.image(address, image);
        });
    }

    private void note(byte[] image) {
        try {
            Lease lease = LeaseCodec.decode(image);
            if (lease.fqdn() != null && lease.isActive(now)) {
                holders.set(lease.fqdn(), lease.ip(), lease.key());
            }
        } catch (CorruptRecordException e) {
            // Whoever visits the image finds it damaged too and says so; it has no name that could be read.
            return;
        }
    }

    @Override
    public void forEachConflict(Visitor visitor) {
        leases.forEachConflict(visitor);
    }

    @Override
    public void forEachExclusion(Visitor visitor) {
        leases.forEachExclusion(visitor);
    }

    @Override
    public List<Integer> damaged() {
        return leases.damaged();
    }

    @Override
    public boolean caution() {
        return leases.caution();
    }

    @Override
    public long newestTime() {
        return leases.newestTime();
    }

    @Override
    public long lastSequence() {
        return leases.lastSequence();
    }

    @Override
    public List<String> findings() {
        return leases.findings();
    }
}
