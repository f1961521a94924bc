package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.Ipv4;
import java.util.Arrays;

/** Which slot of the {@link LeaseTable} an address has; slots that are given back are used again. */
final class AddressSlots {

    private static final int NONE = -1;

    private int[] address = new int[64];
    private int used;
    private int firstFree = NONE;
    private final SlotIndex byAddress = new SlotIndex();

    /** The slot of an address, or -1 when it has none. */
    int of(Ipv4 ip) {
        int hash = SlotIndex.spread(ip.bits());
        for (int at = byAddress.first(hash); at >= 0; at = byAddress.next(at, hash)) {
            if (address[byAddress.slotAt(at)] == ip.bits()) {
                return byAddress.slotAt(at);
            }
        }
        return NONE;
    }

    /** A slot for an address that has none. */
    int take(Ipv4 ip) {
        int slot = next();
        address[slot] = ip.bits();
        byAddress.add(SlotIndex.spread(ip.bits()), slot);
        return slot;
    }

    /** Takes the slot from its address; the next address may get it. */
    void giveBack(int slot) {
        byAddress.remove(SlotIndex.spread(address[slot]), slot);
        // A free slot holds the number of the next free one where its address was.
        address[slot] = firstFree;
        firstFree = slot;
    }

    Ipv4 addressOf(int slot) {
        return new Ipv4(address[slot]);
    }

    /** One past the highest slot that ever was in use. */
    int limit() {
        return used;
    }

    /** How many slots there is room for; it doubles as they fill up. */
    int capacity() {
        return address.length;
    }

    private int next() {
        if (firstFree != NONE) {
            int slot = firstFree;
            firstFree = address[slot];
            return slot;
        }
        if (used == address.length) {
            address = Arrays.copyOf(address, 2 * used);
        }
        return used++;
    }
}
