package io.athena.dhcpd.dhcp.explain;

import io.athena.dhcpd.core.time.TimeSource;
import java.util.concurrent.TimeUnit;

/** A clock that stands still until it is set. */
final class StandingClock implements TimeSource {

    private final long start;
    private long later;

    StandingClock(long start) {
        this.start = start;
    }

    /** Goes to so many seconds after the start; never back. */
    void goTo(long secondsLater) {
        later = Math.max(later, secondsLater);
    }

    @Override
    public long epochSeconds() {
        return start + later;
    }

    @Override
    public long nanoTime() {
        return TimeUnit.SECONDS.toNanos(later);
    }
}
