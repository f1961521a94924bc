package io.athena.dhcpd.core.engine;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The slots of each value of one trait, the one noted last in front. However many slots share a value, noting and
 * dropping one costs the same: chains of plain numbers, found through the hash of the value.
 */
final class TraitChains {

    private static final int NONE = -1;
    private static final int UNLINKED = -2;

    private final SlotIndex heads = new SlotIndex();
    private int[] hashes = {};
    private int[] next = {};
    private int[] previous = {};

    /** Puts a slot in front of those with the same hash; it leaves the chain it was in. */
    void note(int slot, int hash) {
        if (slot < previous.length && previous[slot] == NONE && hashes[slot] == hash) {
            // In front already, as the only lease of a client always is.
            return;
        }
        drop(slot);
        ensure(slot);
        int head = headOf(hash);
        hashes[slot] = hash;
        next[slot] = head;
        previous[slot] = NONE;
        if (head != NONE) {
            previous[head] = slot;
            heads.remove(hash, head);
        }
        heads.add(hash, slot);
    }

    /** Takes a slot out of its chain; nothing happens when it is in none. */
    void drop(int slot) {
        if (slot >= previous.length || previous[slot] == UNLINKED) {
            return;
        }
        int before = previous[slot];
        int after = next[slot];
        if (before != NONE) {
            next[before] = after;
        } else {
            heads.remove(hashes[slot], slot);
            if (after != NONE) {
                heads.add(hashes[slot], after);
            }
        }
        if (after != NONE) {
            previous[after] = before;
        }
        previous[slot] = UNLINKED;
    }

    /** Shows the slots with a hash, the one noted last first, until {@code visitor} has seen enough and says false. */
    void walk(int hash, IntPredicate visitor) {
        int slot = headOf(hash);
        while (slot != NONE && visitor.test(slot)) {
            slot = next[slot];
        }
    }

    private int headOf(int hash) {
        int at = heads.first(hash);
        return at < 0 ? NONE : heads.slotAt(at);
    }

    private void ensure(int slot) {
        int known = previous.length;
        if (slot >= known) {
            int size = Math.max(64, Math.max(slot + 1, 2 * known));
            hashes = Arrays.copyOf(hashes, size);
            next = Arrays.copyOf(next, size);
            previous = Arrays.copyOf(previous, size);
            Arrays.fill(previous, known, size, UNLINKED);
        }
    }
}
