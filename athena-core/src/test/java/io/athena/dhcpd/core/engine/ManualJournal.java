package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecordKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A journal whose disk is the test's hand: nothing is durable, and nothing fails, before the test says so. */
final class ManualJournal implements LeaseJournal {

    record Entry(long sequence, RecordKind kind, int address, byte[] image, byte @Nullable [] previous) {}

    final List<Entry> appended = new ArrayList<>();
    final Map<Integer, byte[]> durableLeases = new TreeMap<>(Integer::compareUnsigned);
    boolean writable = true;
    private final List<Listener> listeners = new ArrayList<>();
    private long sequence;
    private long watermark;

    @Override
    public long append(RecordKind kind, int address, byte[] image, byte @Nullable [] previous) {
        if (!writable) {
            return REFUSED;
        }
        appended.add(new Entry(++sequence, kind, address, image, previous));
        return sequence;
    }

    /** Makes all that was appended durable. */
    void sync() {
        for (Entry entry : appended) {
            if (entry.sequence() > watermark
                    && (entry.kind() == RecordKind.LEASE || entry.kind() == RecordKind.EXPIRE)) {
                durableLeases.put(entry.address(), entry.image());
            }
        }
        watermark = sequence;
        listeners.forEach(listener -> listener.durable(watermark));
    }

    /** Loses all that was appended since the last sync. */
    void fail() {
        long from = watermark + 1;
        watermark = sequence;
        listeners.forEach(listener -> listener.failed(from, watermark));
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
    public void listen(Listener listener) {
        listeners.add(listener);
    }
}
