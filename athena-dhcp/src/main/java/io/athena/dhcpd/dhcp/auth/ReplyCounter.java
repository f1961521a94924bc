package io.athena.dhcpd.dhcp.auth;

import io.athena.dhcpd.core.time.TimeSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The replay detection values of replies: the second since 1970 in the upper half, its fraction in the lower one, and
 * always more than the last. So they rise strictly, also over a restart. May be used by any thread.
 */
public final class ReplyCounter {

    private final TimeSource time;
    private final AtomicLong last = new AtomicLong();

    public ReplyCounter(TimeSource time) {
        this.time = time;
    }

    /** A value that is higher than all before. */
    long next() {
        long millis = time.epochMillis();
        long now = millis / 1000 << Integer.SIZE | (millis % 1000 << Integer.SIZE) / 1000;
        return last.accumulateAndGet(now, (former, current) -> Math.max(former + 1, current));
    }
}
