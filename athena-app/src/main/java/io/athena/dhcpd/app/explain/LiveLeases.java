package io.athena.dhcpd.app.explain;

import io.athena.dhcpd.core.journal.ConflictCodec;
import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.Lease;
import java.util.List;

/**
 * Leases, conflicts and exclusions as somebody listed them, in the form in which a store would hold them.
 *
 * @param caution whether leases may exist that are not listed
 */
record LiveLeases(List<Lease> leases, List<Conflict> conflicts, List<Exclusion> exclusions, boolean caution)
        implements RecoveredState {

    static final LiveLeases NONE = new LiveLeases(List.of(), List.of(), List.of(), false);

    @Override
    public void forEachLease(Visitor visitor) {
        leases.forEach(lease -> visitor.image(lease.ip().bits(), LeaseCodec.encode(lease)));
    }

    @Override
    public void forEachConflict(Visitor visitor) {
        conflicts.forEach(conflict -> visitor.image(conflict.ip().bits(), ConflictCodec.encode(conflict)));
    }

    @Override
    public void forEachExclusion(Visitor visitor) {
        exclusions.forEach(exclusion -> visitor.image(exclusion.ip().bits(), exclusion.encode()));
    }

    @Override
    public List<Integer> damaged() {
        return List.of();
    }

    @Override
    public long newestTime() {
        return leases.stream().mapToLong(Lease::lastUpdated).max().orElse(0);
    }

    @Override
    public long lastSequence() {
        return 0;
    }

    @Override
    public List<String> findings() {
        return List.of();
    }
}
