package io.athena.dhcpd.conflict;

import org.jspecify.annotations.Nullable;

/** Probes by what their answers carry, without an object for each look-up; several may have the same key. */
final class ProbeTable {

    private static final int SMALLEST = 1024;
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private @Nullable Probe[] heads = new @Nullable Probe[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    void add(Probe probe) {
        if (size == heads.length) {
            grow();
        }
        link(probe);
        size++;
    }

    private void link(Probe probe) {
        int slot = slot(probe.key());
        probe.next = heads[slot];
        heads[slot] = probe;
    }

    /** The newest one of this key in this state, or null. */
    @Nullable
    Probe find(long key, Probe.State state) {
        Probe each = heads[slot(key)];
        while (each != null && (each.key() != key || each.state() != state)) {
            each = each.next;
        }
        return each;
    }

    void remove(Probe probe) {
        int slot = slot(probe.key());
        Probe before = null;
        for (Probe each = heads[slot]; each != null; before = each, each = each.next) {
            if (each == probe) {
                unlink(slot, before, each);
                return;
            }
        }
    }

    /** Takes out all that an answer fits; a chain by {@code next}, the oldest first, or null. */
    @Nullable
    Probe takeAll(long key, long token) {
        int slot = slot(key);
        Probe taken = null;
        Probe before = null;
        Probe each = heads[slot];
        while (each != null) {
            Probe following = each.next;
            if (each.key() == key && each.token() == token) {
                unlink(slot, before, each);
                each.next = taken;
                taken = each;
            } else {
                before = each;
            }
            each = following;
        }
        return taken;
    }

    private void unlink(int slot, @Nullable Probe before, Probe probe) {
        if (before == null) {
            heads[slot] = probe.next;
        } else {
            before.next = probe.next;
        }
        probe.next = null;
        size--;
    }

    private void grow() {
        @Nullable Probe[] old = heads;
        heads = new @Nullable Probe[old.length * 2];
        for (Probe head : old) {
            relink(head);
        }
    }

    /** Keeps the order within a chain: the newest stays in front. */
    private void relink(@Nullable Probe head) {
        Probe reversed = null;
        Probe each = head;
        while (each != null) {
            Probe following = each.next;
            each.next = reversed;
            reversed = each;
            each = following;
        }
        while (reversed != null) {
            Probe following = reversed.next;
            link(reversed);
            reversed = following;
        }
    }

    private int slot(long key) {
        return (int) (key * SPREAD >>> 32) & heads.length - 1;
    }
}
