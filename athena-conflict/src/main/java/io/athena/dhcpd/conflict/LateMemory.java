package io.athena.dhcpd.conflict;

import io.athena.dhcpd.conflict.Probe.State;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Probes that ended without an answer, kept in the table for a while because one may still come. */
final class LateMemory {

    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int LIMIT = 65_536;

    private final ProbeTable table;
    private final Queue<Probe> oldestFirst = new ArrayDeque<>();

    LateMemory(ProbeTable table) {
        this.table = table;
    }

    /** Keeps a probe that is in the table and has ended; the oldest has to go when there are too many. */
    void add(Probe probe) {
        probe.become(State.REMEMBERED);
        oldestFirst.add(probe);
        if (oldestFirst.size() > LIMIT) {
            drop(oldestFirst.poll());
        }
    }

    /** Drops those of a key that is probed anew: an answer is to the newest. */
    void forget(long key) {
        Probe older = table.find(key, State.REMEMBERED);
        while (older != null) {
            drop(older);
            older = table.find(key, State.REMEMBERED);
        }
    }

    /** Drops those that were sent too long ago. */
    void age(long now) {
        Probe oldest = oldestFirst.peek();
        while (oldest != null && now - oldest.sentAt() >= KEPT_NANOS) {
            drop(oldestFirst.poll());
            oldest = oldestFirst.peek();
        }
    }

    private void drop(@Nullable Probe probe) {
        if (probe != null && probe.state() == State.REMEMBERED) {
            table.remove(probe);
            probe.become(State.GONE);
        }
    }
}
