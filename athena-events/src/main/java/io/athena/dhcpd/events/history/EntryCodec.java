package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.LeaseCodec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The stored form of an entry: a byte of version, a byte of kind, and the lease as the journal writes it. */
final class EntryCodec {

    private static final byte VERSION = 1;
    private static final int HEADER = 2;

    private EntryCodec() {}

    static byte[] encode(HistoryEntry entry) {
        byte[] lease = LeaseCodec.encode(entry.lease());
        byte[] value = new byte[HEADER + lease.length];
        value[0] = VERSION;
        value[1] = (byte) entry.kind().code();
        System.arraycopy(lease, 0, value, HEADER, lease.length);
        return value;
    }

    /** The entry of a place; null when it says nothing that can be understood. */
    static @Nullable HistoryEntry decode(EntryKey key, byte[] value) {
        EntryKind kind = value.length > HEADER && value[0] == VERSION ? EntryKind.ofCode(value[1]) : null;
        if (kind == null) {
            return null;
        }
        try {
            byte[] lease = Arrays.copyOfRange(value, HEADER, value.length);
            return new HistoryEntry(kind, key.time(), key.sequence(), LeaseCodec.decode(lease));
        } catch (CorruptRecordException e) {
            return null;
        }
    }
}
