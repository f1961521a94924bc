package io.athena.dhcpd.core.engine;

import java.time.Duration;

/**
 * Which addresses are probed before they are given, and how hard.
 *
 * @param enabled whether any are
 * @param atOnce how many candidates are probed at once for one message; 1 for one after the other
 * @param most how many probes one message waits for
 * @param timeoutMillis how long a probe takes that nobody answers
 * @param cacheSeconds for how long an unanswered probe counts
 * @param reservations whether reserved addresses are probed
 */
public record ProbeRules(
        boolean enabled, int atOnce, int most, long timeoutMillis, long cacheSeconds, boolean reservations) {

    /** Nothing is probed. */
    public static final ProbeRules NONE = new ProbeRules(false, 1, 0, 0, 0, false);

    /**
     * A reply that comes after the client's first retry is wasted (RFC 2131 section 4.1: 4 s, give or take one), and the
     * way to the client takes time too.
     */
    private static final long PATIENCE_MILLIS = Duration.ofMillis(3_500).toMillis();

    /** Whether a message that came so long ago can wait for another probe. */
    boolean inTime(long elapsedMillis) {
        return elapsedMillis + timeoutMillis <= PATIENCE_MILLIS;
    }
}
