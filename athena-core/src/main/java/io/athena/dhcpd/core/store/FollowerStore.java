package io.athena.dhcpd.core.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a follower of the journal keeps on disk: sorted entries, and in the same transaction how far it has read. May be
 * used by any thread; {@link #save} by one at a time. Failures of the disk come out as the unchecked exception of the
 * store's library; nothing of that save has happened then.
 */
public interface FollowerStore extends AutoCloseable {

    /** An entry. @param key compared byte by byte, unsigned; @param value null in {@link #save} to delete the key */
    record Entry(byte[] key, byte @Nullable [] value) {}

    /** Sees entries. */
    @FunctionalInterface
    interface Visitor {

        /** An entry; the arrays are the visitor's to keep. @return whether to go on */
        boolean entry(byte[] key, byte[] value);
    }

    /** The sequence up to which the journal is worked into the entries; 0 in a new store. */
    long cursor();

    /** Applies changes and moves the cursor, durable on return. */
    void save(long cursor, List<Entry> changes);

    /** Visits entries upwards, from the first key that is not below {@code from}. */
    void ascend(byte[] from, Visitor visitor);

    /** Visits entries downwards, from the last key that is not above {@code from}. */
    void descend(byte[] from, Visitor visitor);

    @Override
    void close();
}
