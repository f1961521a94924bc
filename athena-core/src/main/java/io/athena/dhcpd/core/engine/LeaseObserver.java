package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.lease.Lease;

/**
 * Hears of every change of a lease once the journal is done with it, in the order of the journal, on the link's lane.
 * It MUST return at once and MUST NOT throw.
 */
@FunctionalInterface
public interface LeaseObserver {

    /** Hears nothing. */
    LeaseObserver NONE = lease -> {};

    /** What the record of an address says from now on. */
    void changed(Lease lease);

    /** One who passes it on to both, this one first. */
    default LeaseObserver and(LeaseObserver other) {
        return lease -> {
            changed(lease);
            other.changed(lease);
        };
    }
}
