package io.athena.dhcpd.core.journal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Appends on their way to the journal thread: many threads put, one takes. A ring whose place is the sequence, so that
 * claiming the sequence and queueing are one step and nothing is allocated.
 */
final class JournalQueue {

    /** Added to the tail to shut the queue: further claims find it full. */
    private static final long SHUT = 1L << 62;

    private final int mask;
    private final RecordKind[] kinds;
    private final int[] addresses;
    private final byte[] @Nullable [] images;
    private final byte[] @Nullable [] previous;

    /** The sequence that was put into each place, visible after the other fields. */
    private final AtomicLongArray published;

    private final AtomicLong tail;
    private volatile long head;

    /** @param capacity a power of two; @param first the sequence that the first append gets, at least 1 */
    JournalQueue(int capacity, long first) {
        if (Integer.bitCount(capacity) != 1 || first < 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is no power of two or " + first + " below 1");
        }
        mask = capacity - 1;
        kinds = new RecordKind[capacity];
        addresses = new int[capacity];
        images = new byte[capacity][];
        previous = new byte[capacity][];
        published = new AtomicLongArray(capacity);
        tail = new AtomicLong(first);
        head = first;
    }

    /** Queues a change and returns its sequence, or {@link LeaseJournal#REFUSED} when the queue is full or shut. */
    long offer(RecordKind kind, int address, byte[] image, byte @Nullable [] before) {
        long sequence;
        do {
            sequence = tail.get();
            if (sequence - head > mask) {
                return LeaseJournal.REFUSED;
            }
        } while (!tail.compareAndSet(sequence, sequence + 1));
        int slot = slot(sequence);
        kinds[slot] = kind;
        addresses[slot] = address;
        images[slot] = image;
        previous[slot] = before;
        published.set(slot, sequence);
        return sequence;
    }

    /** Whether the append of this sequence can be read. */
    boolean has(long sequence) {
        return published.get(slot(sequence)) == sequence;
    }

    RecordKind kind(long sequence) {
        return kinds[slot(sequence)];
    }

    int address(long sequence) {
        return addresses[slot(sequence)];
    }

    byte[] image(long sequence) {
        return images[slot(sequence)];
    }

    byte @Nullable [] previous(long sequence) {
        return previous[slot(sequence)];
    }

    /** Frees the places of all appends up to this sequence. */
    void release(long upTo) {
        for (long sequence = head; sequence <= upTo; sequence++) {
            images[slot(sequence)] = null;
            previous[slot(sequence)] = null;
        }
        head = upTo + 1;
    }

    /** Refuses all further offers and returns the sequence after the last that was accepted. */
    long shut() {
        return tail.getAndAdd(SHUT);
    }

    private int slot(long sequence) {
        return (int) sequence & mask;
    }
}
