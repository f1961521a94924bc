package io.athena.dhcpd.ddns.outbox;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The updates that wait for one name server, and how that fares. Owned by the outbox. */
final class ServerLine {

    /** Updates that a server is asked for at a time; one while it fails, until it works again. */
    private static final int AT_A_TIME = 4;

    private final String server;
    private final Backoff backoff;
    private final Deque<NameOp> ready = new ArrayDeque<>();
    private int running;
    private int failures;
    private long retryAt;
    private long failingSince;
    private @Nullable String lastError;
    private long updates;

    ServerLine(String server, Backoff backoff) {
        this.server = server;
        this.backoff = backoff;
    }

    String server() {
        return server;
    }

    void add(NameOp op) {
        ready.add(op);
    }

    /** An update that the server may be asked for now; null when none waits or it is not the time. */
    @Nullable
    NameOp poll(long nanos) {
        boolean mayStart = failures == 0 ? running < AT_A_TIME : running == 0 && nanos - retryAt >= 0;
        NameOp op = mayStart ? ready.poll() : null;
        if (op != null) {
            running++;
        }
        return op;
    }

    /** An update that was handed out turned out not to be wanted. */
    void returned() {
        running--;
    }

    /** The server carried an update out, or refused this one name only. @return whether it had failed before */
    boolean worked() {
        running--;
        updates++;
        boolean recovered = failures > 0;
        failures = 0;
        return recovered;
    }

    /** The server failed; the update waits at the head. @return whether this is news */
    boolean failed(NameOp op, String error, long nanos, long now) {
        running--;
        ready.addFirst(op);
        boolean news = failures == 0 || !error.equals(lastError);
        if (failures == 0) {
            failingSince = now;
        }
        failures++;
        retryAt = nanos + backoff.nanosAfter(failures);
        lastError = error;
        return news;
    }

    /** Nanoseconds until something may be started; {@link Long#MAX_VALUE} when nothing waits for the time. */
    long waitNanos(long nanos) {
        if (ready.isEmpty() || failures == 0 || running > 0) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, retryAt - nanos);
    }

    /** How the server fares, for people. */
    ServerStatus status() {
        return new ServerStatus(server, ready.size() + running, updates, failures == 0 ? 0 : failingSince, lastError);
    }
}
