package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.FollowerStore;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.List;
import java.util.Optional;

/** The writing side without its thread, under a clock that the test moves. */
final class Ledger {

    final MemoryStore store = new MemoryStore();
    final Meters meters = new Meters();
    ScriptedTail tail = new ScriptedTail();
    long nanos = 1_000_000_000L;
    HistoryQueue queue;
    private HistoryPen pen;
    private HistoryFile file;

    Ledger() {
        this(0);
    }

    /** @param begun when the history began */
    Ledger(long begun) {
        store.save(0, List.of(Landmarks.began(begun)));
        restart();
    }

    /** Forgets everything that is not saved. */
    void restart() {
        tail = tail.from(store.cursor());
        pen = new HistoryPen(new Entries(store), meters);
        queue = new HistoryQueue(store);
        file = new HistoryFile(store, pen, queue, clock());
    }

    TimeSource clock() {
        return new TimeSource() {
            @Override
            public long epochSeconds() {
                return nanos / 1_000_000_000L;
            }

            @Override
            public long nanoTime() {
                return nanos;
            }
        };
    }

    /** Takes in so many records. */
    int read(int limit) {
        return tail.read(limit, (sequence, kind, address, image, previous) -> {
            try {
                pen.record(sequence, kind, image, previous);
            } catch (CorruptRecordException e) {
                throw new AssertionError(e);
            }
        });
    }

    boolean save(FollowerStore.Entry... landmarks) {
        return file.save(tail, true, List.of(landmarks));
    }

    /** Takes in everything and saves it. */
    Ledger write() {
        read(Integer.MAX_VALUE);
        save();
        return this;
    }

    /** What the writer does by itself after so many seconds. */
    boolean pass(long seconds, long horizon) {
        nanos += seconds * 1_000_000_000L;
        return file.saveIfDue(tail, true, horizon);
    }

    /** Who had the address: the name of the host, or the verdict. */
    String at(Ipv4 ip, long at, long now, Optional<Lease> current) {
        HistoryAnswer answer = new HistoryBook(store).answer(ip, at, now, current);
        HistoryEntry entry = answer.entry();
        return entry == null
                ? answer.verdict().name()
                : String.valueOf(entry.lease().hostname());
    }

    String at(long at) {
        return at(Leases.IP, at, Long.MAX_VALUE / 2, Optional.empty());
    }
}
