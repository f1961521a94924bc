package io.athena.dhcpd.dhcp.explain;

import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecordKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A journal that takes everything, calls it durable at once and keeps nothing. */
final class ForgetfulJournal implements LeaseJournal {

    private final List<Listener> listeners = new ArrayList<>();
    private long sequence;

    @Override
    public long append(RecordKind kind, int address, byte[] image, byte @Nullable [] previous) {
        sequence++;
        listeners.forEach(listener -> listener.durable(sequence));
        return sequence;
    }

    /** How many records it was given. */
    long records() {
        return sequence;
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
