package io.athena.dhcpd.ddns.outbox;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The updates of one name, one at a time. What takes records away goes first: it touches its own client's records only,
 * and whoever is to get the name next finds it free.
 */
final class NameLine {

    private final Deque<NameOp> removals = new ArrayDeque<>(1);
    private final Deque<NameOp> puts = new ArrayDeque<>(1);
    private @Nullable NameOp current;

    void add(NameOp op) {
        (op.kind().puts() ? puts : removals).add(op);
    }

    /** Forgets an update that was not handed out yet; false when it is not waiting here. */
    boolean drop(NameOp op) {
        return removals.remove(op) || puts.remove(op);
    }

    /** The update whose turn it is now; null when one is under way or none waits. */
    @Nullable
    NameOp advance() {
        if (current != null) {
            return null;
        }
        current = removals.isEmpty() ? puts.poll() : removals.poll();
        return current;
    }

    /** The update whose turn it was is over, or waits for another attempt elsewhere. */
    void release(NameOp op) {
        if (current == op) {
            current = null;
        }
    }

    boolean isEmpty() {
        return current == null && removals.isEmpty() && puts.isEmpty();
    }
}
