package io.athena.dhcpd.core.time;

import java.util.concurrent.TimeUnit;

/** Wall time that follows the monotonic clock from an anchor, so that a stepped wall clock expires no lease. */
record AnchoredTime(long anchorMillis, long anchorNanos) implements TimeSource {

    @Override
    public long epochSeconds() {
        return Math.floorDiv(epochMillis(), 1000L);
    }

    @Override
    public long epochMillis() {
        return anchorMillis + TimeUnit.NANOSECONDS.toMillis(nanoTime() - anchorNanos);
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
