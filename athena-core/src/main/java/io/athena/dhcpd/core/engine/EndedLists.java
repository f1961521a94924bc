package io.athena.dhcpd.core.engine;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * One queue a pool of slots whose lease has ended and whose address may be reused, longest ended first. Linked through
 * arrays, so that a slot anywhere in its queue leaves in one step.
 */
final class EndedLists {

    private static final int NONE = -1;

    private int[] next = filled(64);
    private int[] previous = filled(64);
    private int[] listOf = filled(64);
    private final int[] head;
    private final int[] tail;
    private final int[] count;

    EndedLists(int pools) {
        head = filled(pools);
        tail = filled(pools);
        count = new int[pools];
    }

    /** Slots by the time their lease ends, without a heap object for each: a link may have a quarter of a million. */
    static IntStream longestEndedFirst(int[] slots, IntToLongFunction expiry) {
        long[] ordered = Arrays.stream(slots)
                .mapToLong(slot -> expiry.applyAsLong(slot) << Integer.SIZE | Integer.toUnsignedLong(slot))
                .sorted()
                .toArray();
        return Arrays.stream(ordered).mapToInt(entry -> (int) entry);
    }

    /** The longest ended slot of a pool, or -1. */
    int first(int pool) {
        return head[pool];
    }

    int count(int pool) {
        return count[pool];
    }

    boolean contains(int slot) {
        return slot < listOf.length && listOf[slot] != NONE;
    }

    /** Appends a slot, which is in no queue, as the one that ended last. */
    void append(int pool, int slot) {
        reserve(slot);
        listOf[slot] = pool;
        previous[slot] = tail[pool];
        next[slot] = NONE;
        if (tail[pool] == NONE) {
            head[pool] = slot;
        } else {
            next[tail[pool]] = slot;
        }
        tail[pool] = slot;
        count[pool]++;
    }

    /** Puts a slot, which is in no queue, to the front: an offer of it came to nothing. */
    void prepend(int pool, int slot) {
        reserve(slot);
        listOf[slot] = pool;
        previous[slot] = NONE;
        next[slot] = head[pool];
        if (head[pool] == NONE) {
            tail[pool] = slot;
        } else {
            previous[head[pool]] = slot;
        }
        head[pool] = slot;
        count[pool]++;
    }

    /** Takes a slot out of its queue; nothing happens when it is in none. */
    void remove(int slot) {
        if (!contains(slot)) {
            return;
        }
        int pool = listOf[slot];
        int before = previous[slot];
        int after = next[slot];
        if (before == NONE) {
            head[pool] = after;
        } else {
            next[before] = after;
        }
        if (after == NONE) {
            tail[pool] = before;
        } else {
            previous[after] = before;
        }
        listOf[slot] = NONE;
        count[pool]--;
    }

    private void reserve(int slot) {
        if (slot >= listOf.length) {
            int old = listOf.length;
            int wanted = Math.max(slot + 1, 2 * old);
            next = Arrays.copyOf(next, wanted);
            previous = Arrays.copyOf(previous, wanted);
            listOf = Arrays.copyOf(listOf, wanted);
            Arrays.fill(listOf, old, wanted, NONE);
        }
    }

    private static int[] filled(int length) {
        int[] array = new int[length];
        Arrays.fill(array, NONE);
        return array;
    }
}
