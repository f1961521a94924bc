package io.athena.dhcpd.events.webhook;

import io.athena.dhcpd.core.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keeps deliveries from a target that does not take them. After some failures in a row nothing is sent for a while; then
 * one delivery tries, and its outcome decides for all that wait. What waits meanwhile is not lost: it fills the hook's
 * queue. May be used by any thread.
 */
final class CircuitBreaker {

    /** Whether deliveries go out. */
    enum State {
        /** All do. */
        CLOSED,
        /** None does. */
        OPEN,
        /** One does, to try. */
        TRYING
    }

    static final int FAILURES = 3;
    private static final long FIRST_REST = TimeUnit.SECONDS.toNanos(30);
    private static final long LONGEST_REST = TimeUnit.MINUTES.toNanos(5);

    private final TimeSource time;
    private State state = State.CLOSED;
    private int failures;
    private long rest = FIRST_REST;
    private long openSince;

    CircuitBreaker(TimeSource time) {
        this.time = time;
    }

    /** Waits for the right to send; whoever gets it says how it went. */
    synchronized void await() throws InterruptedException {
        for (Duration wait = permit(); !wait.isZero(); wait = permit()) {
            TimeUnit.NANOSECONDS.timedWait(this, wait.toNanos());
        }
    }

    /** Zero with the right to send, or for how long to wait before asking again. */
    synchronized Duration permit() {
        if (state == State.CLOSED) {
            return Duration.ZERO;
        }
        long left = rest - (time.nanoTime() - openSince);
        if (state == State.OPEN && left <= 0) {
            state = State.TRYING;
            return Duration.ZERO;
        }
        return Duration.ofNanos(state == State.OPEN ? left : rest);
    }

    /** The target took a delivery; answers whether it did not before. */
    synchronized boolean succeeded() {
        boolean back = state != State.CLOSED;
        state = State.CLOSED;
        failures = 0;
        rest = FIRST_REST;
        notifyAll();
        return back;
    }

    /** A delivery failed; answers whether nothing is sent from now on although it was until then. */
    synchronized boolean failed() {
        failures++;
        if (state == State.TRYING) {
            rest = Math.min(2 * rest, LONGEST_REST);
            open();
        } else if (state == State.CLOSED && failures >= FAILURES) {
            open();
            return true;
        }
        return false;
    }

    /** Whoever had the right to send gave up for reasons of its own. */
    synchronized void abandoned() {
        if (state == State.TRYING) {
            open();
        }
    }

    synchronized State state() {
        return state;
    }

    private void open() {
        state = State.OPEN;
        openSince = time.nanoTime();
        notifyAll();
    }
}
