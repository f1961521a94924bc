package io.athena.dhcpd.core.store;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint says about itself, written in the transaction of its last slice.
 *
 * @param applied the sequence up to which it holds every durable record
 * @param leases how many leases it holds; they are never deleted, so fewer means that some were lost
 * @param cautionSince when records were found to be lost, epoch seconds; 0 when none were
 */
record CheckpointMark(long applied, long leases, long cautionSince) {

    static final CheckpointMark NONE = new CheckpointMark(0, 0, 0);

    private static final int LENGTH = 3 * Long.BYTES;

    byte[] encode() {
        byte[] body = ByteBuffer.allocate(LENGTH)
                .putLong(applied)
                .putLong(leases)
                .putLong(cautionSince)
                .array();
        return StoredValue.encode(0, applied, body);
    }

    /** The mark in the first {@code length} bytes, null when it is damaged. */
    static @Nullable CheckpointMark decode(byte[] bytes, int length) {
        StoredValue value = StoredValue.decode(0, bytes, length);
        if (value == null || value.image().length != LENGTH) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(value.image());
        return new CheckpointMark(in.getLong(), in.getLong(), in.getLong());
    }
}
