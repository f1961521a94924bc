package io.athena.dhcpd.dhcp.auth;

import io.athena.dhcpd.core.time.TimeSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The replay detection values of replies: the second in the upper half, a count in the lower one. They rise strictly,
 * also over a restart, for the first one is of the second after the start. May be used by any thread.
 */
public final class ReplyCounter {

    private final TimeSource time;
    private final AtomicLong last;

    public ReplyCounter(TimeSource time) {
        this.time = time;
        this.last = new AtomicLong(time.epochSeconds() + 1 << Integer.SIZE);
    }

    /** A value that is higher than all before. */
    long next() {
        long now = time.epochSeconds() << Integer.SIZE;
        return last.accumulateAndGet(now, (former, current) -> Math.max(former + 1, current));
    }
}
