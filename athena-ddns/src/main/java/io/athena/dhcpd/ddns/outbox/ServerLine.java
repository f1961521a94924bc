package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.ddns.update.ZoneUpdater;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The updates that wait for one name server, and how that fares. Owned by the outbox. */
final class ServerLine {

    /** Updates that a server is asked for at a time; one while it fails, until it works again. */
    private static final int AT_A_TIME = 4;

    private final String server;
    private final Backoff backoff;
    private final Deque<NameOp> ready = new ArrayDeque<>();

    /** Zones that the server does not serve at present, although it answers. */
    private final Map<ZoneUpdater, ZoneHold> held = new LinkedHashMap<>();

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
        NameOp op = mayStart ? first(nanos) : null;
        if (op != null) {
            running++;
        }
        return op;
    }

    private @Nullable NameOp first(long nanos) {
        for (ZoneHold hold : held.values()) {
            NameOp probe = hold.probe(nanos);
            if (probe != null) {
                return probe;
            }
        }
        for (NameOp op = ready.poll(); op != null; op = ready.poll()) {
            ZoneHold hold = held.get(zone(op));
            if (hold == null || hold.isProbe(op)) {
                return op;
            }
            hold.add(op);
        }
        return null;
    }

    private static ZoneUpdater zone(NameOp op) {
        return op.place().updater();
    }

    /** An update that was handed out turned out not to be wanted. */
    void returned(NameOp op) {
        running--;
        ZoneHold hold = held.get(zone(op));
        if (hold != null) {
            hold.forget(op);
            if (hold.isEmpty()) {
                held.remove(zone(op));
            }
        }
    }

    /** The server carried an update out. @return whether it had failed before, and nothing of it fails now */
    boolean worked(NameOp op) {
        running--;
        updates++;
        boolean failed = isFailing();
        failures = 0;
        ZoneHold hold = held.remove(zone(op));
        if (hold != null) {
            ready.addAll(hold.waiting());
        }
        return failed && !isFailing();
    }

    /** The server refused this one name only. @return as {@link #worked} */
    boolean refused(NameOp op, String error) {
        lastError = error;
        return worked(op);
    }

    /** The server failed; others go before the update next time, should it be what it fails at. @return whether this is news */
    boolean failed(NameOp op, String error, long nanos, long now) {
        running--;
        ready.add(op);
        boolean news = failures == 0 || !error.equals(lastError);
        if (failures == 0) {
            failingSince = now;
        }
        failures++;
        retryAt = nanos + backoff.nanosAfter(failures);
        lastError = error;
        return news;
    }

    /** The server answers, and does not serve the zone; that zone's updates wait by themselves. @return whether this is news */
    boolean zoneFailed(NameOp op, String error, long nanos, long now) {
        running--;
        failures = 0;
        lastError = error;
        return held.computeIfAbsent(zone(op), zone -> new ZoneHold(backoff, now))
                .failed(op, error, nanos);
    }

    private boolean isFailing() {
        return failures > 0 || !held.isEmpty();
    }

    /** Nanoseconds until something may be started; {@link Long#MAX_VALUE} when nothing waits for the time. */
    long waitNanos(long nanos) {
        if (failures > 0) {
            return running > 0 || waiting() == 0 ? Long.MAX_VALUE : Math.max(0, retryAt - nanos);
        }
        if (running >= AT_A_TIME) {
            return Long.MAX_VALUE;
        }
        return held.values().stream()
                .mapToLong(hold -> hold.waitNanos(nanos))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private int waiting() {
        return ready.size() + held.values().stream().mapToInt(ZoneHold::size).sum();
    }

    /** How the server fares, for people; where it fails in a zone alone, how that zone does. */
    ServerStatus status() {
        ZoneHold hold = failures > 0 ? null : held.values().stream().findFirst().orElse(null);
        long since = failures == 0 ? 0 : failingSince;
        return hold == null
                ? new ServerStatus(server, waiting() + running, updates, since, lastError)
                : new ServerStatus(server, waiting() + running, updates, hold.since(), hold.error());
    }
}
