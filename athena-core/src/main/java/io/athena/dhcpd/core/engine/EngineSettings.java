package io.athena.dhcpd.core.engine;

/**
 * The rules of the engine that are not part of the topology. Times in seconds.
 *
 * @param offerHold how long an OFFER keeps its address
 * @param authoritative whether requests for addresses without a record are NAKed
 * @param caution whether acknowledged commits are missing: unrecorded leases are believed, only untouched addresses given
 * @param expirySuspended whether the clock cannot be believed, so that no ended lease is reused
 * @param conflictHold how long a declined address is withheld
 * @param damageHold how long an address is withheld whose record cannot be read
 * @param maxConflicts after how many conflicts an address is withheld until somebody clears it
 */
public record EngineSettings(
        long offerHold,
        boolean authoritative,
        boolean caution,
        boolean expirySuspended,
        long conflictHold,
        long damageHold,
        int maxConflicts) {}
