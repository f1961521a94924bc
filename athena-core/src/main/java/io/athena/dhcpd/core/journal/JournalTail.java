package io.athena.dhcpd.core.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal behind its writer, from the files: every durable record once and in order, those of earlier runs
 * included. It costs the writer nothing, however late the reader is; the segments that it still needs are kept. One
 * thread may use it.
 */
public interface JournalTail extends AutoCloseable {

    /** Sees records. */
    @FunctionalInterface
    interface Visitor {

        /**
         * A record.
         *
         * @param sequence its place in the journal
         * @param kind what it says
         * @param address the address it is about, as {@code Ipv4.bits()}
         * @param image the encoded image; the visitor's to keep
         * @param previous what it replaced ({@link Previous}), or null
         */
        void record(long sequence, RecordKind kind, int address, byte[] image, byte @Nullable [] previous);
    }

    /**
     * Visits records that became durable since the last call.
     *
     * <p>A visitor that throws is shown the same record again by the next call.
     *
     * @param limit the most records to visit
     * @return how many were visited; fewer than {@code limit} when there are no more at present
     * @throws IOException when a segment cannot be read; the next call tries again at the same place
     */
    int read(int limit, Visitor visitor) throws IOException;

    /** The sequence up to which everything was visited, or was found to be void or unreadable. */
    long position();

    /** Records that should have been visited and are damaged or gone. */
    long missed();

    /**
     * The reader has made durable what it knows of all records up to this sequence: segments may be reused. Any thread
     * may call it.
     */
    void release(long upTo);

    /** Ends the reading. What was not released is kept on: who ends may come back, also after a restart. */
    @Override
    void close();
}
