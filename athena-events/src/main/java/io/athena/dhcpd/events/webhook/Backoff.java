package io.athena.dhcpd.events.webhook;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before each attempt after the first.
 *
 * @param first the first wait, doubled each time; null for 1, 5 and 15 seconds, and 15 from then on
 */
record Backoff(@Nullable Duration first) {

    private static final List<Duration> USUAL =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15));

    /** The wait before the retry of this number, from 0. */
    Duration before(int retry) {
        return first == null ? USUAL.get(Math.min(retry, USUAL.size() - 1)) : first.multipliedBy(1L << retry);
    }
}
