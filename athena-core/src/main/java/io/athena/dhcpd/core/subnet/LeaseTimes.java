package io.athena.dhcpd.core.subnet;

import org.jspecify.annotations.Nullable;

/**
 * The three times of a reply in seconds, with T1 &lt; T2 &lt; lease always (RFC 2131 section 4.4.5).
 *
 * @param lease option 51, {@link #FOREVER} for no end
 * @param renewal option 58, T1
 * @param rebind option 59, T2
 */
public record LeaseTimes(long lease, long renewal, long rebind) {

    /** The time that never ends (RFC 2131 section 3.3). */
    public static final long FOREVER = 0xffffffffL;

    /** The configured T1 and T2 where they fit into the lease time, else 0.5 and 0.875 of it. */
    static LeaseTimes of(long lease, @Nullable Long renewal, @Nullable Long rebind) {
        if (lease == FOREVER) {
            return new LeaseTimes(lease, FOREVER, FOREVER);
        }
        long t1 = renewal != null ? renewal : lease / 2;
        long t2 = rebind != null ? rebind : lease * 7 / 8;
        boolean ordered = t1 > 0 && t1 < t2 && t2 < lease;
        return ordered ? new LeaseTimes(lease, t1, t2) : new LeaseTimes(lease, lease / 2, lease * 7 / 8);
    }
}
