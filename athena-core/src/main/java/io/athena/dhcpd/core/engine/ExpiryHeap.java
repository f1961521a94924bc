package io.athena.dhcpd.core.engine;

import java.util.Arrays;

/** Slots ordered by when their lease ends: an indexed binary heap, so that a renewal moves its slot in place. */
final class ExpiryHeap {

    private static final int ABSENT = -1;

    /** Unsigned epoch seconds by slot; meaningful while the slot is in the heap. */
    private int[] expiry = new int[64];

    private int[] position = filled(64);
    private int[] heap = new int[64];
    private int size;

    /** Sets when a slot ends, adding it when it is new. */
    void set(int slot, long expirySeconds) {
        reserve(slot);
        if (position[slot] == ABSENT) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            position[slot] = size;
            heap[size++] = slot;
        }
        expiry[slot] = (int) expirySeconds;
        down(up(position[slot]));
    }

    /** Takes a slot out; nothing happens when it is not in the heap. */
    void remove(int slot) {
        if (slot >= position.length || position[slot] == ABSENT) {
            return;
        }
        int at = position[slot];
        position[slot] = ABSENT;
        int last = heap[--size];
        if (last != slot) {
            heap[at] = last;
            position[last] = at;
            down(up(at));
        }
    }

    /** The slot that ends first, or -1. */
    int first() {
        return size == 0 ? -1 : heap[0];
    }

    /** When the first slot ends; call only when there is one. */
    long firstExpiry() {
        return Integer.toUnsignedLong(expiry[heap[0]]);
    }

    private boolean before(int a, int b) {
        return Integer.compareUnsigned(expiry[a], expiry[b]) < 0;
    }

    private int up(int from) {
        int at = from;
        int slot = heap[at];
        while (at > 0 && before(slot, heap[(at - 1) >>> 1])) {
            int parent = (at - 1) >>> 1;
            place(heap[parent], at);
            at = parent;
        }
        place(slot, at);
        return at;
    }

    private void down(int from) {
        int at = from;
        int slot = heap[at];
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], slot)) {
                break;
            }
            place(heap[child], at);
            at = child;
        }
        place(slot, at);
    }

    private void place(int slot, int at) {
        heap[at] = slot;
        position[slot] = at;
    }

    private void reserve(int slot) {
        if (slot >= position.length) {
            int old = position.length;
            int wanted = Math.max(slot + 1, 2 * old);
            position = Arrays.copyOf(position, wanted);
            Arrays.fill(position, old, wanted, ABSENT);
            expiry = Arrays.copyOf(expiry, wanted);
        }
    }

    private static int[] filled(int length) {
        int[] array = new int[length];
        Arrays.fill(array, ABSENT);
        return array;
    }
}
