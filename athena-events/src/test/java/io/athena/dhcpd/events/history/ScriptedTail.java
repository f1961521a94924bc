package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.journal.JournalTail;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.Previous;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.Lease;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A journal of as many records as a test has written; sequences count from 1. */
public final class ScriptedTail implements JournalTail {

    /** A record. */
    record Written(RecordKind kind, byte[] image, byte @Nullable [] previous) {}

    private final List<Written> journal;
    private volatile long position;
    volatile long released;
    volatile long missed;

    public ScriptedTail() {
        this(new CopyOnWriteArrayList<>(), 0);
    }

    private ScriptedTail(List<Written> journal, long position) {
        this.journal = journal;
        this.position = position;
    }

    /** The same journal for a reader that goes on behind a sequence. */
    ScriptedTail from(long cursor) {
        return new ScriptedTail(journal, cursor);
    }

    public void write(Lease lease, @Nullable Previous previous) {
        journal.add(
                new Written(RecordKind.LEASE, LeaseCodec.encode(lease), previous == null ? null : previous.encode()));
    }

    void write(RecordKind kind, byte[] image) {
        journal.add(new Written(kind, image, null));
    }

    @Override
    public int read(int limit, Visitor visitor) {
        int visited = 0;
        while (visited < limit && position < journal.size()) {
            Written each = journal.get((int) position);
            visitor.record(position + 1, each.kind(), 0, each.image(), each.previous());
            position++;
            visited++;
        }
        return visited;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long missed() {
        return missed;
    }

    @Override
    public void release(long upTo) {
        released = upTo;
    }

    @Override
    public void close() {}
}
