package io.athena.dhcpd.dhcp.reply;

import io.athena.dhcpd.core.lease.Lease;

/**
 * The times of an OFFER or ACK, in seconds; {@link Lease#FOREVER} for no end (RFC 2131 section 3.3).
 *
 * @param lease option 51
 * @param t1 option 58, when to renew
 * @param t2 option 59, when to rebind
 */
public record LeaseTimes(long lease, long t1, long t2) {

    /** The times of RFC 2131 section 4.4.5: half and seven eighths of the lease. */
    public static LeaseTimes ofLease(long lease) {
        if (lease == Lease.FOREVER) {
            return new LeaseTimes(lease, lease, lease);
        }
        long t2 = lease - (lease + 7) / 8;
        return new LeaseTimes(lease, Math.max(0, Math.min(lease / 2, t2 - 1)), t2);
    }

    /**
     * The given times where T1 is before T2 and T2 before the end, else those of {@link #ofLease}; a remaining time
     * shorter than the configured T1 or T2 is such a case.
     */
    public static LeaseTimes of(long lease, long t1, long t2) {
        return 0 < t1 && t1 < t2 && t2 < lease ? new LeaseTimes(lease, t1, t2) : ofLease(lease);
    }
}
