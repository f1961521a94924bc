package io.athena.dhcpd.core.journal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A journal without a disk, for tests of those who append. Nothing becomes durable before the test says so, and the
 * listeners hear it on the test's own thread.
 */
public final class MemoryJournal implements LeaseJournal {

    /** What was appended. */
    public record Entry(long sequence, RecordKind kind, int address, byte[] image, byte @Nullable [] previous) {}

    private final List<Listener> listeners = new ArrayList<>();
    private final List<Entry> waiting = new ArrayList<>();
    private final List<Entry> durable = new ArrayList<>();
    private boolean writable = true;
    private int capacity = Integer.MAX_VALUE;
    private long last;
    private long watermark;

    @Override
    public synchronized long append(RecordKind kind, int address, byte[] image, byte @Nullable [] previous) {
        if (!writable || waiting.size() >= capacity) {
            return REFUSED;
        }
        waiting.add(new Entry(++last, kind, address, image, previous));
        return last;
    }

    @Override
    public synchronized long watermark() {
        return watermark;
    }

    @Override
    public synchronized boolean isWritable() {
        return writable;
    }

    @Override
    public synchronized void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Makes everything that waits durable. */
    public void commit() {
        if (settle(true) == 0) {
            return;
        }
        listeners().forEach(listener -> listener.durable(watermark()));
    }

    /** Fails everything that waits, as after a failed write. */
    public void fail() {
        long from = watermark() + 1;
        if (settle(false) == 0) {
            return;
        }
        listeners().forEach(listener -> listener.failed(from, watermark()));
    }

    private synchronized int settle(boolean success) {
        int count = waiting.size();
        if (success) {
            durable.addAll(waiting);
        }
        waiting.clear();
        watermark = last;
        return count;
    }

    private synchronized List<Listener> listeners() {
        return List.copyOf(listeners);
    }

    /** Opens or closes the gate. */
    public synchronized void setWritable(boolean writable) {
        this.writable = writable;
    }

    /** How many appends may wait before more are refused. */
    public synchronized void setCapacity(int capacity) {
        this.capacity = capacity;
    }

    /** What waits for {@link #commit} or {@link #fail}. */
    public synchronized List<Entry> waiting() {
        return List.copyOf(waiting);
    }

    /** What was committed, in order. */
    public synchronized List<Entry> durable() {
        return List.copyOf(durable);
    }
}
