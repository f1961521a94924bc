package io.athena.dhcpd.core.store;

import io.athena.dhcpd.core.journal.RecoveredState;
import java.util.List;

/** What was read from a folder. The images are handed over: each visit works once. */
record Recovered(
        Images leases,
        Images conflicts,
        Images exclusions,
        List<Integer> damaged,
        boolean caution,
        long newestTime,
        long lastSequence,
        List<String> findings)
        implements RecoveredState {

    private static final byte[] UNREADABLE = {};

    @Override
    public void forEachLease(Visitor visitor) {
        leases.drain(visitor);
    }

    @Override
    public void forEachConflict(Visitor visitor) {
        conflicts.drain(visitor);
    }

    @Override
    public void forEachExclusion(Visitor visitor) {
        exclusions.forEachUnreadable(address -> visitor.image(address, UNREADABLE));
        exclusions.drain(visitor);
    }
}
