package io.athena.dhcpd.core.time;

/** The two clocks of the server. Implementations may be called from any thread. */
public interface TimeSource {

    /** Seconds since 1970; never steps while the server runs, however the wall clock is set. */
    long epochSeconds();

    /** The same in milliseconds, as finely as the source can tell. */
    default long epochMillis() {
        return epochSeconds() * 1000;
    }

    /**
     * What the wall clock says, in milliseconds since 1970, as somebody may have set it meanwhile: only for what other
     * machines compare with their own clocks.
     */
    default long wallMillis() {
        return epochMillis();
    }

    /** A monotonic clock in nanoseconds, for waits and durations. */
    long nanoTime();

    /** This source, or one that goes on from {@code epochSeconds} when this one is behind it. */
    default TimeSource notBefore(long epochSeconds) {
        return epochSeconds() >= epochSeconds ? this : new AnchoredTime(epochSeconds * 1000, nanoTime());
    }

    /** The machine's clocks: the wall clock is read once, here, and goes on monotonically from there. */
    static TimeSource system() {
        // In this order: a thread that is held up between the two makes leases last longer than promised, not shorter.
        long nanos = System.nanoTime();
        return new AnchoredTime(System.currentTimeMillis(), nanos);
    }
}
