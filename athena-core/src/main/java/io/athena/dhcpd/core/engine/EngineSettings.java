package io.athena.dhcpd.core.engine;

/**
 * The rules of the engine that are not part of the topology. Times in seconds.
 *
 * @param offerHold how long an OFFER keeps its address
 * @param authoritative whether requests for addresses without a record are NAKed
 * @param cautionUntil epoch seconds until when leases may exist that no record tells of, because acknowledged commits
 *     are missing: till then unrecorded leases are believed and only untouched addresses given; 0 for no caution
 * @param expirySuspended whether the clock cannot be believed, so that no ended lease is reused
 * @param conflictHold how long a declined address is withheld
 * @param damageHold how long an address is withheld whose record cannot be read
 * @param maxConflicts after how many conflicts an address is withheld until somebody clears it
 * @param probes which addresses are probed before they are given
 * @param journalsEveryExpiry whether the end of a lease is journalled also where no name goes with it, for a history
 */
public record EngineSettings(
        long offerHold,
        boolean authoritative,
        long cautionUntil,
        boolean expirySuspended,
        long conflictHold,
        long damageHold,
        int maxConflicts,
        ProbeRules probes,
        boolean journalsEveryExpiry) {

    /** The settings of an engine that probes nothing. */
    public EngineSettings(
            long offerHold,
            boolean authoritative,
            long cautionUntil,
            boolean expirySuspended,
            long conflictHold,
            long damageHold,
            int maxConflicts) {
        this(
                offerHold,
                authoritative,
                cautionUntil,
                expirySuspended,
                conflictHold,
                damageHold,
                maxConflicts,
                ProbeRules.NONE);
    }

    /** The settings of an engine that journals an expiry only where a name goes with it. */
    public EngineSettings(
            long offerHold,
            boolean authoritative,
            long cautionUntil,
            boolean expirySuspended,
            long conflictHold,
            long damageHold,
            int maxConflicts,
            ProbeRules probes) {
        this(
                offerHold,
                authoritative,
                cautionUntil,
                expirySuspended,
                conflictHold,
                damageHold,
                maxConflicts,
                probes,
                false);
    }

    /** These settings with every expiry journalled, or only those of leases with a name. */
    public EngineSettings journallingEveryExpiry(boolean every) {
        return new EngineSettings(
                offerHold,
                authoritative,
                cautionUntil,
                expirySuspended,
                conflictHold,
                damageHold,
                maxConflicts,
                probes,
                every);
    }

    boolean cautious(long now) {
        return now < cautionUntil;
    }

    /** Whether an address that had a lease once may go to another client. */
    boolean mayReuse(long now) {
        return !cautious(now) && !expirySuspended;
    }
}
