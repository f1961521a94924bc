package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.core.journal.JournalTail;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.Previous;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.Follower;
import io.athena.dhcpd.core.store.FollowerStore;
import io.athena.dhcpd.ddns.name.NameDecision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A journal in memory, and a follower's store that outlives the follower. */
public final class FakeJournal {

    private record Written(RecordKind kind, Lease lease, byte[] image, byte @Nullable [] previous) {}

    private final List<Written> records = new ArrayList<>();
    final Store store = new Store();
    volatile boolean unreadable;
    final AtomicInteger unread = new AtomicInteger();
    volatile long released;

    /** Writes that an address has a name from now on, or none, in place of the one it had. */
    public synchronized void write(int host, @Nullable HeldName before, @Nullable HeldName now, long at) {
        HeldName known = now == null ? Objects.requireNonNull(before) : now;
        Lease lease = new Lease(
                OutboxFixture.ip(host),
                now == null ? LeaseState.RELEASED : LeaseState.ACTIVE,
                known.client(),
                null,
                null,
                null,
                known.fqdn(),
                at,
                at + 3600,
                known.subnet(),
                null,
                Ipv4.ANY,
                null,
                null,
                null,
                null,
                at,
                at,
                new NameDecision(known.forward()).encode());
        byte[] previous = before == null
                ? null
                : new Previous(before.client(), before.fqdn(), at, new NameDecision(before.forward()).encode())
                        .encode();
        records.add(new Written(RecordKind.LEASE, lease, LeaseCodec.encode(lease), previous));
    }

    /** Writes a record that nobody understands. */
    synchronized void writeNonsense() {
        Written last = records.get(records.size() - 1);
        records.add(new Written(RecordKind.LEASE, last.lease(), new byte[] {1, 2, 3}, null));
    }

    synchronized int size() {
        return records.size();
    }

    private synchronized @Nullable Written at(long sequence) {
        return sequence <= records.size() ? records.get((int) sequence - 1) : null;
    }

    public Follower follower() {
        return new Follower(store, new Tail(store.cursor()), !store.saved);
    }

    private final class Tail implements JournalTail {
        private long position;

        Tail(long position) {
            this.position = position;
        }

        @Override
        public int read(int limit, Visitor visitor) throws IOException {
            if (unreadable) {
                unread.incrementAndGet();
                throw new IOException("the disk does not give it");
            }
            int read = 0;
            for (Written record = at(position + 1); read < limit && record != null; record = at(position + 1)) {
                visitor.record(
                        position + 1, record.kind(), record.lease().ip().bits(), record.image(), record.previous());
                position++;
                read++;
            }
            return read;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public long missed() {
            return 0;
        }

        @Override
        public void release(long upTo) {
            released = upTo;
        }

        @Override
        public void close() {}
    }

    /** Entries in memory; saving can fail. */
    static final class Store implements FollowerStore {
        private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
        private long cursor;
        private boolean saved;
        volatile boolean broken;
        final AtomicInteger refusals = new AtomicInteger();

        @Override
        public synchronized long cursor() {
            return cursor;
        }

        @Override
        public synchronized void save(long to, List<Entry> changes) {
            if (broken) {
                refusals.incrementAndGet();
                throw new IllegalStateException("the disk is full");
            }
            for (Entry change : changes) {
                if (change.value() == null) {
                    entries.remove(change.key());
                } else {
                    entries.put(change.key(), change.value());
                }
            }
            cursor = to;
            saved = true;
        }

        synchronized int size() {
            return entries.size();
        }

        @Override
        public synchronized void ascend(byte[] from, Visitor visitor) {
            entries.tailMap(from).forEach(visitor::entry);
        }

        @Override
        public synchronized void descend(byte[] from, Visitor visitor) {
            entries.headMap(from, true).descendingMap().forEach(visitor::entry);
        }

        @Override
        public void close() {}
    }
}
