package io.athena.dhcpd.ddns.reconcile;

import java.util.List;

/**
 * A comparison of leases with DNS, as far as it is.
 *
 * @param running whether it still goes on
 * @param repair whether differences are put right
 * @param startedAt epoch seconds
 * @param leases leases with names that were compared
 * @param unanswered leases, also such as are over, of which not all could be looked at
 * @param waiting leases left out, because their updates are still under way
 * @param drifts what differs, at most {@link #MOST_DRIFTS} of it
 * @param drifted how many differences there are altogether
 * @param repaired how many of them were handed to the outbox
 * @param troubles what could not be looked at and why, a sentence each
 */
public record Reconciliation(
        boolean running,
        boolean repair,
        long startedAt,
        long leases,
        long unanswered,
        long waiting,
        List<Drift> drifts,
        long drifted,
        long repaired,
        List<String> troubles) {

    /** Differences that are kept for reading. */
    public static final int MOST_DRIFTS = 1_000;
}
