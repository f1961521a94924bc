package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.ClientKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the record of a client among those of the table: of several the active one, then the one that ends later. */
final class ClientIndex {

    private static final int NONE = -1;

    private final LeaseTable table;
    private final SlotIndex byKey = new SlotIndex();
    private int[] keyHash = new int[64];

    ClientIndex(LeaseTable table) {
        this.table = table;
    }

    /** The slot of the lease that a client has or had last, or -1. */
    int slotOf(ClientKey key) {
        return find(SlotIndex.spread(key.hashCode()), key);
    }

    /**
     * The table has taken over a record.
     *
     * @param slot where
     * @param former the image that was there before, or null
     * @param key the client of the new record
     */
    void record(int slot, byte @Nullable [] former, ClientKey key) {
        int hash = SlotIndex.spread(key.hashCode());
        int known = find(hash, key);
        boolean stays = former != null && keyHash[slot] == hash && Images.isKeyed(former, key);
        if (stays && known == slot) {
            return;
        }
        if (former != null && !stays) {
            byKey.remove(keyHash[slot], slot);
        }
        remember(slot, hash);
        if (known != NONE && known != slot && outranks(known, slot)) {
            return;
        }
        if (known != NONE && known != slot) {
            byKey.remove(hash, known);
        }
        byKey.add(hash, slot);
    }

    private int find(int hash, ClientKey key) {
        for (int at = byKey.first(hash); at >= 0; at = byKey.next(at, hash)) {
            byte[] image = table.imageOf(byKey.slotAt(at));
            if (image != null && Images.isKeyed(image, key)) {
                return byKey.slotAt(at);
            }
        }
        return NONE;
    }

    private boolean outranks(int one, int other) {
        boolean bound = table.isBound(one);
        return bound != table.isBound(other) ? bound : table.expiryOf(one) > table.expiryOf(other);
    }

    private void remember(int slot, int hash) {
        if (slot >= keyHash.length) {
            keyHash = Arrays.copyOf(keyHash, Math.max(slot + 1, 2 * keyHash.length));
        }
        keyHash[slot] = hash;
    }
}
