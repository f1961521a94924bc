package io.athena.dhcpd.core.engine;

import java.util.Arrays;

/**
 * Open addressing from a hash to slot numbers, without objects. The caller compares: it walks the candidates of a hash
 * with {@link #first} and {@link #next} and looks at the slot itself.
 */
final class SlotIndex {

    private static final int EMPTY = -1;

    private int[] slots = new int[64];
    private int[] hashes = new int[64];
    private int size;

    SlotIndex() {
        Arrays.fill(slots, EMPTY);
    }

    /** Spreads an address or a key's hash over the table. */
    static int spread(int value) {
        int h = value * 0x9e3779b9;
        return h ^ h >>> 15;
    }

    /** The position of the first candidate, or -1. */
    int first(int hash) {
        return seek(hash & slots.length - 1, hash);
    }

    /** The position of the next candidate after {@code position}, or -1. */
    int next(int position, int hash) {
        return seek(position + 1 & slots.length - 1, hash);
    }

    /** The slot at a position that {@link #first} or {@link #next} gave. */
    int slotAt(int position) {
        return slots[position];
    }

    private int seek(int from, int hash) {
        int at = from;
        while (slots[at] != EMPTY) {
            if (hashes[at] == hash) {
                return at;
            }
            at = at + 1 & slots.length - 1;
        }
        return -1;
    }

    /** Adds a slot that is not in the index. */
    void add(int hash, int slot) {
        if (2 * (size + 1) > slots.length) {
            grow();
        }
        insert(hash, slot);
        size++;
    }

    /** Removes a slot that was added with this hash; nothing happens when it is not there. */
    void remove(int hash, int slot) {
        int at = first(hash);
        while (at >= 0 && slots[at] != slot) {
            at = next(at, hash);
        }
        if (at < 0) {
            return;
        }
        size--;
        int hole = at;
        int mask = slots.length - 1;
        for (int i = hole + 1 & mask; slots[i] != EMPTY; i = i + 1 & mask) {
            // An entry may fill the hole unless its home lies cyclically between the hole and itself.
            int home = hashes[i] & mask;
            if ((i - home & mask) >= (i - hole & mask)) {
                slots[hole] = slots[i];
                hashes[hole] = hashes[i];
                hole = i;
            }
        }
        slots[hole] = EMPTY;
    }

    private void insert(int hash, int slot) {
        int at = hash & slots.length - 1;
        while (slots[at] != EMPTY) {
            at = at + 1 & slots.length - 1;
        }
        slots[at] = slot;
        hashes[at] = hash;
    }

    private void grow() {
        int[] oldSlots = slots;
        int[] oldHashes = hashes;
        slots = new int[oldSlots.length * 2];
        hashes = new int[oldSlots.length * 2];
        Arrays.fill(slots, EMPTY);
        for (int i = 0; i < oldSlots.length; i++) {
            if (oldSlots[i] != EMPTY) {
                insert(oldHashes[i], oldSlots[i]);
            }
        }
    }
}
