package io.athena.dhcpd.dhcp;

import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.engine.EngineSettings;
import io.athena.dhcpd.core.engine.ProbeRules;
import io.athena.dhcpd.core.subnet.Topology;
import java.time.Duration;

/**
 * What the sections on conflicts and on the history say to the engines.
 *
 * @param hold how long a declined address is withheld
 * @param maxConflicts after how many conflicts an address is withheld until somebody clears it
 * @param probes which addresses are probed before they are given
 * @param journalsEveryExpiry whether the end of every lease is journalled, for a history
 */
public record ConflictRules(Duration hold, int maxConflicts, ProbeRules probes, boolean journalsEveryExpiry) {

    /** Rules of a server that keeps no history. */
    public ConflictRules(Duration hold, int maxConflicts, ProbeRules probes) {
        this(hold, maxConflicts, probes, false);
    }

    /** Rules of a server that probes nothing. */
    public ConflictRules(Duration hold, int maxConflicts) {
        this(hold, maxConflicts, ProbeRules.NONE);
    }

    /**
     * The rules of the engines of one server.
     *
     * @param cautionStart since when the server is in caution, epoch seconds; 0 when it is not
     * @param expirySuspended whether the clock cannot be believed
     */
    public EngineSettings engineSettings(
            ServerConfig server, Topology topology, long cautionStart, boolean expirySuspended) {
        long longest = topology.longestLeaseTime();
        return new EngineSettings(
                Math.max(1, server.offerHold().toSeconds()),
                server.authoritative(),
                cautionStart == 0 ? 0 : cautionStart + longest,
                expirySuspended,
                hold.toSeconds(),
                longest,
                maxConflicts,
                probes,
                journalsEveryExpiry);
    }
}
