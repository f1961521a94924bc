package io.athena.dhcpd.dhcp.limit;

import java.util.concurrent.TimeUnit;

/**
 * The arithmetic of a token bucket whose whole state is one number: the time at which it will be full again. Times are
 * nanoseconds since a start of the owner's choice, never negative.
 *
 * @param nanosPerToken how long one token takes to come back
 * @param size how many tokens a full bucket has
 */
record Bucket(long nanosPerToken, int size) {

    /** What {@link #take} gives when there are not enough tokens. */
    static final long REFUSED = -1;

    /** A bucket that lets {@code perSecond} through in the long run and that many at once, but at least {@code size}. */
    static Bucket of(int perSecond, int size) {
        return new Bucket(TimeUnit.SECONDS.toNanos(1) / perSecond, Math.max(perSecond, size));
    }

    /**
     * Takes a token where more than {@code reserve} are left: when the bucket will be full again, or {@link #REFUSED}.
     *
     * @param fullAt when it would be full if nobody took any
     */
    long take(long fullAt, long now, int reserve) {
        long from = Math.max(fullAt, now);
        return from - now > (size - 1L - reserve) * nanosPerToken ? REFUSED : from + nanosPerToken;
    }
}
