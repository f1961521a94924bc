package io.athena.dhcpd.bench;

import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecordKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A journal without a disk: what is appended counts as durable at once. */
final class InstantJournal implements LeaseJournal {

    private final List<Listener> listeners = new ArrayList<>();
    private long sequence;

    @Override
    public long append(RecordKind kind, int address, byte[] image, byte @Nullable [] previous) {
        long upTo = ++sequence;
        listeners.forEach(listener -> listener.durable(upTo));
        return upTo;
    }

    @Override
    public long watermark() {
        return sequence;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void listen(Listener listener) {
        listeners.add(listener);
    }
}
