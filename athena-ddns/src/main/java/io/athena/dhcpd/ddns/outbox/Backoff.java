package io.athena.dhcpd.ddns.outbox;

import java.time.Duration;

/**
 * How long to wait after failures.
 *
 * @param first after the first one; doubled with each
 * @param longest never longer
 */
public record Backoff(Duration first, Duration longest) {

    /** The wait after so many failures in a row, nanoseconds. */
    public long nanosAfter(int failures) {
        long wait = first.toNanos();
        for (int i = 1; i < failures && wait < longest.toNanos(); i++) {
            wait *= 2;
        }
        return Math.min(wait, longest.toNanos());
    }
}
