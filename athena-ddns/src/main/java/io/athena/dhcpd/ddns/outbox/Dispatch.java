package io.athena.dhcpd.ddns.outbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which update is done next: in order for each name, a few at a time for each name server, later where something failed.
 * Owned by the outbox.
 */
final class Dispatch {

    private record Delayed(NameOp op, long until) {}

    private final Backoff backoff;
    private final Map<String, NameLine> lines = new HashMap<>();
    private final Map<String, ServerLine> servers = new LinkedHashMap<>();

    /** The same servers, in the order in which they are asked next. */
    private final Deque<ServerLine> turns = new ArrayDeque<>();

    private final PriorityQueue<Delayed> delayed = new PriorityQueue<>(Comparator.comparingLong(Delayed::until));

    Dispatch(Backoff backoff) {
        this.backoff = backoff;
    }

    void add(NameOp op) {
        NameLine line = lines.computeIfAbsent(op.place().owner(), owner -> new NameLine());
        line.add(op);
        advance(line);
    }

    /** Forgets an update unless it is under way; whoever is told its result has to see to it then. */
    void cancel(NameOp op) {
        if (op.isRunning()) {
            return;
        }
        op.cancel();
        NameLine line = lines.get(op.place().owner());
        if (line != null) {
            line.drop(op);
            advance(line);
            tidy(op, line);
        }
    }

    /** The next update to be started; null when there is none at present. */
    @Nullable
    NameOp next(long nanos) {
        while (!delayed.isEmpty() && delayed.peek().until() - nanos <= 0) {
            NameOp due = delayed.poll().op();
            if (!due.isCancelled()) {
                add(due);
            }
        }
        for (int left = turns.size(); left > 0; left--) {
            // A slow server with many names leaves room for the others.
            ServerLine server = turns.remove();
            turns.add(server);
            NameOp op = next(server, nanos);
            if (op != null) {
                return op;
            }
        }
        return null;
    }

    private @Nullable NameOp next(ServerLine server, long nanos) {
        for (NameOp op = server.poll(nanos); op != null; op = server.poll(nanos)) {
            if (!op.isCancelled()) {
                op.running(true);
                return op;
            }
            server.returned(op);
            release(op);
        }
        return null;
    }

    /** The server dealt with an update. @return whether the server had failed before */
    boolean settled(NameOp op) {
        op.running(false);
        boolean recovered = server(op).worked(op);
        release(op);
        return recovered;
    }

    /** The server failed; the update keeps its place among those of its name. @return whether this is news */
    boolean serverFailed(NameOp op, String error, long nanos, long now) {
        op.running(false);
        op.failed();
        return server(op).failed(op, error, nanos, now);
    }

    /** The server answers, and does not serve the zone of the update; other zones go on. @return whether this is news */
    boolean zoneFailed(NameOp op, String error, long nanos, long now) {
        op.running(false);
        op.failed();
        return server(op).zoneFailed(op, error, nanos, now);
    }

    /** The server works, but not for this name; others of the name may go first. @return whether the server had failed */
    boolean nameFailed(NameOp op, String error, long nanos) {
        op.running(false);
        boolean recovered = server(op).refused(op, error);
        release(op);
        op.failed();
        delayed.add(new Delayed(op, nanos + backoff.nanosAfter(op.attempts())));
        return recovered;
    }

    /** Nanoseconds until something may be started that cannot be now. */
    long waitNanos(long nanos) {
        long wait =
                delayed.isEmpty() ? Long.MAX_VALUE : Math.max(0, delayed.peek().until() - nanos);
        for (ServerLine server : servers.values()) {
            wait = Math.min(wait, server.waitNanos(nanos));
        }
        return wait;
    }

    List<ServerStatus> statuses() {
        List<ServerStatus> all = new ArrayList<>();
        servers.values().forEach(server -> all.add(server.status()));
        return all;
    }

    private ServerLine server(NameOp op) {
        return servers.computeIfAbsent(op.place().server(), name -> {
            ServerLine line = new ServerLine(name, backoff);
            turns.add(line);
            return line;
        });
    }

    private void advance(NameLine line) {
        NameOp op = line.advance();
        if (op != null) {
            server(op).add(op);
        }
    }

    private void release(NameOp op) {
        NameLine line = lines.get(op.place().owner());
        if (line != null) {
            line.release(op);
            advance(line);
            tidy(op, line);
        }
    }

    private void tidy(NameOp op, NameLine line) {
        if (line.isEmpty()) {
            lines.remove(op.place().owner());
        }
    }
}
