package io.athena.dhcpd.core.journal;

/**
 * What became durable since the last checkpoint was begun. The journal thread adds a batch at a time, the checkpoint
 * thread takes everything; the lock is held for one batch at most.
 */
final class DirtySet {

    private Changes changes;

    DirtySet(Changes recovered) {
        changes = recovered;
    }

    /** Adds the appends of these sequences, both included, all of them durable. */
    synchronized void add(JournalQueue queue, long from, long upTo) {
        for (long sequence = from; sequence <= upTo; sequence++) {
            ImageMap table = changes.of(queue.kind(sequence));
            if (table != null) {
                table.put(queue.address(sequence), sequence, queue.image(sequence));
            }
        }
        changes.reach(upTo);
    }

    /** Hands everything over and starts afresh. */
    synchronized Changes take() {
        Changes taken = changes;
        changes = new Changes(taken.upTo());
        return taken;
    }

    synchronized boolean isEmpty() {
        return changes.isEmpty();
    }
}
