package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.lease.LeaseState;
import java.util.List;
import java.util.Map;

/**
 * A link in numbers, taken about once a second.
 *
 * @param link the link's id
 * @param leases lease records by state
 * @param offers addresses held for an unanswered OFFER
 * @param withheld addresses withheld after a conflict or damage
 * @param pools use of each pool
 * @param conflicts those of each subnet
 */
public record LinkStats(
        String link,
        Map<LeaseState, Integer> leases,
        int offers,
        int withheld,
        List<PoolStats> pools,
        List<SubnetConflicts> conflicts) {

    /**
     * A pool in numbers.
     *
     * @param subnet the subnet's prefix
     * @param pool first and last address
     * @param addresses addresses that can be given at all
     * @param used those that a new client could not be given now
     */
    public record PoolStats(String subnet, String pool, int addresses, int used) {}

    /**
     * The addresses of a subnet that are withheld because somebody else uses them.
     *
     * @param subnet the subnet's prefix
     * @param active all of them
     * @param permanent those that only a person gives back
     */
    public record SubnetConflicts(String subnet, int active, int permanent) {}
}
