package io.athena.dhcpd.core.meter;

import io.athena.dhcpd.core.time.TimeSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the log lines a minute of each reason, so that what strangers send cannot fill the log. Reasons are few and
 * the program's own. May be used by any thread.
 */
public final class LogBudget {

    /** What {@link #permit} gives when the line is not to be written. */
    public static final long SILENT = -1;

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private static final class Bucket {
        private long minuteStart;
        private int lines;
        private long suppressed;
    }

    private final TimeSource time;
    private final int linesPerMinute;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    public LogBudget(TimeSource time, int linesPerMinute) {
        this.time = time;
        this.linesPerMinute = linesPerMinute;
    }

    /**
     * Asks for a line: {@link #SILENT}, or how many lines of this reason were suppressed since the last one, which the
     * line should say when it is not 0.
     */
    public long permit(String reason) {
        long now = time.nanoTime();
        Bucket bucket = buckets.computeIfAbsent(reason, r -> newBucket(now));
        synchronized (bucket) {
            if (now - bucket.minuteStart >= MINUTE) {
                bucket.minuteStart = now;
                bucket.lines = 0;
            }
            if (bucket.lines == linesPerMinute) {
                bucket.suppressed++;
                return SILENT;
            }
            bucket.lines++;
            long suppressed = bucket.suppressed;
            bucket.suppressed = 0;
            return suppressed;
        }
    }

    private static Bucket newBucket(long now) {
        Bucket bucket = new Bucket();
        bucket.minuteStart = now;
        return bucket;
    }
}
