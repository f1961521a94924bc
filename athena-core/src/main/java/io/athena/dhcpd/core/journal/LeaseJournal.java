package io.athena.dhcpd.core.journal;

import org.jspecify.annotations.Nullable;

/**
 * Makes changes durable in one order. Implementations MUST call an append durable only after it is on stable storage,
 * MUST keep the order of appends, MUST answer every accepted append with exactly one of {@code durable} or
 * {@code failed}, and MUST NOT block in {@link #append}.
 */
public interface LeaseJournal {

    /** Returned by {@link #append} when nothing was accepted: the journal cannot write, or its queue is full. */
    long REFUSED = -1;

    /** Hears about the fate of appends, on the journal's own thread; MUST return quickly and MUST NOT throw. */
    interface Listener {

        /** Every append up to this sequence that was not reported as failed is durable. */
        void durable(long upTo);

        /** The appends of these sequences, both included, are not durable and never will be. */
        void failed(long from, long upTo);
    }

    /**
     * Queues a change; any thread may call it.
     *
     * @param kind what the record says
     * @param address the address it is about, as {@code Ipv4.bits()}
     * @param image the encoded new image; shared, must not be changed afterwards
     * @param previous encoded former client, name and expiry where they changed, or null
     * @return the sequence of the record, rising over the life of the store, or {@link #REFUSED}
     */
    long append(RecordKind kind, int address, byte[] image, byte @Nullable [] previous);

    /** The highest sequence up to which everything is durable or has failed. */
    long watermark();

    /** Whether appends are being accepted; false after a write failed until a new segment could be opened. */
    boolean isWritable();

    /** Adds a listener; it hears of every batch that ends after this call. */
    void listen(Listener listener);
}
