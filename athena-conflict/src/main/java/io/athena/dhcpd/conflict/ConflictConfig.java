package io.athena.dhcpd.conflict;

import java.time.Duration;

/**
 * {@code [conflict_detection]}: how addresses are probed before they are offered (RFC 2131 section 2.2).
 *
 * @param enabled whether addresses are probed
 * @param strategy one candidate after the other, or several at once
 * @param probeTimeout how long an answer is waited for
 * @param maxProbesPerDiscover how many candidates are probed for one DISCOVER
 * @param parallelProbeCount how many at once with {@link Strategy#PARALLEL}
 * @param conflictHoldTime how long an address in use stays out of reach
 * @param maxConflictCount the conflict that makes an address stay out of reach until somebody clears it
 * @param probeCacheTtl how long an unanswered probe counts
 * @param sendGratuitousArp whether a new lease is announced on its link
 * @param icmpFallback whether addresses behind relays are probed by ICMP echo
 * @param probeReservations whether reserved addresses are probed too
 * @param probeLogLevel the level at which probes are logged
 */
public record ConflictConfig(
        boolean enabled,
        Strategy strategy,
        Duration probeTimeout,
        int maxProbesPerDiscover,
        int parallelProbeCount,
        Duration conflictHoldTime,
        int maxConflictCount,
        Duration probeCacheTtl,
        boolean sendGratuitousArp,
        boolean icmpFallback,
        boolean probeReservations,
        LogLevel probeLogLevel) {

    public enum Strategy {
        SEQUENTIAL,
        PARALLEL
    }

    public enum LogLevel {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }
}
