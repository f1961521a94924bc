package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecordKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A journal whose disk does what the simulation says: batches of any size, failures, no room, a crash, lost records. */
final class SimJournal implements LeaseJournal {

    private static final int ROOM = 64;

    /** How many of the newest records can be lost. */
    private static final int REMEMBERED = 40;

    private record Entry(long sequence, RecordKind kind, int address, byte[] image, long time) {}

    private record Undo(RecordKind kind, int address, byte @Nullable [] former, long newestTime) {}

    final Map<Integer, byte[]> leases = new TreeMap<>(Integer::compareUnsigned);
    final Map<Integer, byte[]> conflicts = new TreeMap<>(Integer::compareUnsigned);
    /** What is left of records that cannot be read; empty where nothing is. */
    final Map<Integer, byte[]> damaged = new TreeMap<>(Integer::compareUnsigned);

    boolean writable = true;
    /** The planted fault: it says that a record is durable before it is. */
    boolean lies;

    long clock;
    long newestTime;
    private final Deque<Entry> queue = new ArrayDeque<>();
    private final Deque<Entry> claimed = new ArrayDeque<>();
    private final Deque<Undo> newest = new ArrayDeque<>();
    private @Nullable Listener listener;
    private long sequence;
    private long watermark;

    @Override
    public long append(RecordKind kind, int address, byte[] image, byte @Nullable [] previous) {
        if (!writable || queue.size() >= ROOM) {
            return REFUSED;
        }
        queue.add(new Entry(++sequence, kind, address, image, clock));
        return sequence;
    }

    /** Finishes a batch of at most this many records. */
    void sync(int most) {
        if (queue.isEmpty()) {
            return;
        }
        claimed.forEach(this::write);
        claimed.clear();
        long upTo = watermark;
        for (int i = 0; i < most && !queue.isEmpty(); i++) {
            Entry entry = queue.remove();
            upTo = entry.sequence();
            if (lies) {
                claimed.add(entry);
            } else {
                write(entry);
            }
        }
        watermark = upTo;
        if (listener != null) {
            listener.durable(upTo);
        }
    }

    /** Loses a batch of at most this many records, and says so. */
    void fail(int most) {
        if (queue.isEmpty()) {
            return;
        }
        long from = queue.element().sequence();
        long upTo = from;
        for (int i = 0; i < most && !queue.isEmpty(); i++) {
            upTo = queue.remove().sequence();
        }
        watermark = upTo;
        if (listener != null) {
            listener.failed(from, upTo);
        }
    }

    /** The power goes: what was not synced is lost, and nobody hears of it. */
    void crash() {
        queue.clear();
        claimed.clear();
        watermark = sequence;
        writable = true;
    }

    /** Loses this many of the newest records although they were synced. */
    void lose(int most) {
        for (int i = 0; i < most && !newest.isEmpty(); i++) {
            Undo undo = newest.removeLast();
            Map<Integer, byte[]> of = undo.kind() == RecordKind.CONFLICT ? conflicts : leases;
            newestTime = undo.newestTime();
            if (undo.former() == null) {
                of.remove(undo.address());
            } else if (!damaged.containsKey(undo.address())) {
                of.put(undo.address(), undo.former());
            }
        }
    }

    /** The newest record of an address cannot be read any more; {@code rest} is what is left of it. */
    void damage(int address, byte[] rest) {
        leases.remove(address);
        damaged.put(address, rest);
    }

    private void write(Entry entry) {
        Map<Integer, byte[]> to = entry.kind() == RecordKind.CONFLICT ? conflicts : leases;
        if (newest.size() == REMEMBERED) {
            newest.removeFirst();
        }
        newest.addLast(new Undo(entry.kind(), entry.address(), to.put(entry.address(), entry.image()), newestTime));
        newestTime = Math.max(newestTime, entry.time());
        if (entry.kind() != RecordKind.CONFLICT) {
            damaged.remove(entry.address());
        }
    }

    @Override
    public long watermark() {
        return watermark;
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void listen(Listener newListener) {
        this.listener = newListener;
    }
}
