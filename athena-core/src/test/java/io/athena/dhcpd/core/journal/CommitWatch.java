package io.athena.dhcpd.core.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Hears what becomes of appends and lets a test wait for it. */
public final class CommitWatch implements LeaseJournal.Listener {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** A range of sequences that failed. */
    public record Failed(long from, long upTo) {}

    private final List<Failed> failures = new ArrayList<>();
    private long durable;
    private long answered;

    @Override
    public synchronized void durable(long upTo) {
        if (upTo <= answered) {
            throw new IllegalStateException("record " + upTo + " was answered before");
        }
        durable = upTo;
        answered = upTo;
        notifyAll();
    }

    @Override
    public synchronized void failed(long from, long upTo) {
        if (from <= answered || upTo < from) {
            throw new IllegalStateException("records " + from + " to " + upTo + " were answered before");
        }
        failures.add(new Failed(from, upTo));
        answered = upTo;
        notifyAll();
    }

    /** Waits until the fate of this append is known and says whether it is durable. */
    public synchronized boolean isDurable(long sequence) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (answered < sequence) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("record " + sequence + " was never answered; the last answer was " + answered);
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return failures.stream().noneMatch(f -> f.from() <= sequence && sequence <= f.upTo());
    }

    /** The highest sequence reported durable. */
    public synchronized long durable() {
        return durable;
    }

    public synchronized List<Failed> failures() {
        return List.copyOf(failures);
    }
}
