package io.athena.dhcpd.ddns.outbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The updates of a zone that its server does not serve, while it serves others. One of them is tried now and then, each in
 * its turn: what one name is refused for holds the others up no longer than a wait. Owned by the server's line.
 */
final class ZoneHold {

    private final Backoff backoff;
    private final long since;
    private final Deque<NameOp> waiting = new ArrayDeque<>();
    private @Nullable NameOp probe;
    private int failures;
    private long retryAt;
    private String error = "";

    /** @param since epoch seconds */
    ZoneHold(Backoff backoff, long since) {
        this.backoff = backoff;
        this.since = since;
    }

    void add(NameOp op) {
        waiting.add(op);
    }

    /** The zone was refused once more. @return whether this is news */
    boolean failed(NameOp op, String message, long nanos) {
        boolean news = !message.equals(error);
        // Those that were under way together with the first are the same failure.
        if (failures == 0 || op == probe) {
            failures++;
            retryAt = nanos + backoff.nanosAfter(failures);
        }
        error = message;
        forget(op);
        waiting.add(op);
        return news;
    }

    /** The update by which it is found out whether the zone is served again; null when it is not the time. */
    @Nullable
    NameOp probe(long nanos) {
        if (probe != null || nanos - retryAt < 0) {
            return null;
        }
        probe = waiting.poll();
        return probe;
    }

    boolean isProbe(NameOp op) {
        return op == probe;
    }

    /** An update that was handed out is not tried, or was. */
    void forget(NameOp op) {
        if (op == probe) {
            probe = null;
        }
    }

    /** Nanoseconds until the next one may be tried; {@link Long#MAX_VALUE} while one is, or none waits. */
    long waitNanos(long nanos) {
        return probe != null || waiting.isEmpty() ? Long.MAX_VALUE : Math.max(0, retryAt - nanos);
    }

    boolean isEmpty() {
        return probe == null && waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    List<NameOp> waiting() {
        return List.copyOf(waiting);
    }

    long since() {
        return since;
    }

    String error() {
        return error;
    }
}
