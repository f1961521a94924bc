package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the clock at start can be believed, judged by the newest time in the store. A clock that is behind is taken
 * forward, so that no new lease ends before an old one was made; one that is implausibly far ahead must not end every
 * lease at once.
 *
 * @param time the clock to go by
 * @param expirySuspended whether ended leases must not be reused
 * @param alarm what to tell the operator
 */
public record BootClock(TimeSource time, boolean expirySuspended, Optional<String> alarm) {

    /** A clock may be set back this far between two starts; beyond it either time may be the wrong one. */
    private static final long PLAUSIBLE_STEP = Duration.ofMinutes(5).toSeconds();

    private static final long IMPLAUSIBLE = Duration.ofDays(400).toSeconds();

    /** @param newestTime the newest time in the store, epoch seconds; 0 when it is empty */
    public static BootClock judge(TimeSource time, long newestTime) {
        long now = time.epochSeconds();
        if (now < newestTime) {
            return new BootClock(
                    time.notBefore(newestTime),
                    newestTime - now > PLAUSIBLE_STEP,
                    Optional.of("the clock says " + Instant.ofEpochSecond(now) + ", but the lease store was written at "
                            + Instant.ofEpochSecond(newestTime)
                            + "; leases are counted from the later time. Set the clock and restart."));
        }
        if (newestTime > 0 && now - newestTime > IMPLAUSIBLE) {
            return new BootClock(
                    time,
                    true,
                    Optional.of("the clock says " + Instant.ofEpochSecond(now)
                            + ", more than a year after the last record of the lease store ("
                            + Instant.ofEpochSecond(newestTime)
                            + "); no ended lease is reused. When the clock is right, serve a client and restart."));
        }
        return new BootClock(time, false, Optional.empty());
    }
}
