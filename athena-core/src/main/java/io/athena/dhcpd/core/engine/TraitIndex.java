package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.SeededHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds leases by hardware address, client identifier and remote id. It costs some 170 bytes a lease. */
final class TraitIndex {

    private final SeededHash hash = SeededHash.random();
    private final TraitChains byHardware = new TraitChains();
    private final TraitChains byClientId = new TraitChains();
    private final TraitChains byRemoteId = new TraitChains();

    /** An index of all that a table has; it is the caller's to tell the table of it. */
    static TraitIndex of(LeaseTable table) {
        TraitIndex index = new TraitIndex();
        for (int slot = 0; slot < table.slotLimit(); slot++) {
            byte[] image = table.imageOf(slot);
            if (image != null) {
                index.record(slot, image);
            }
        }
        return index;
    }

    /** The record of a slot is now this one. */
    void record(int slot, byte[] image) {
        MacAddress mac = Images.mac(image);
        note(byHardware, slot, mac == null ? null : new LeaseTrait.Hardware(mac));
        byte[] clientId = Images.clientId(image);
        note(byClientId, slot, clientId == null ? null : new LeaseTrait.ClientIdentifier(clientId));
        byte[] remoteId = Images.remoteId(image);
        note(byRemoteId, slot, remoteId == null ? null : new LeaseTrait.RemoteId(remoteId));
    }

    /**
     * The records with a trait, in whatever state, the one that changed last first.
     *
     * @param most how many are looked at
     */
    List<Lease> find(LeaseTrait trait, LeaseTable table, int most) {
        List<Lease> found = new ArrayList<>();
        int[] left = {most};
        chainsOf(trait).walk(hashOf(trait), slot -> {
            byte[] image = table.imageOf(slot);
            if (image != null && fits(image, trait)) {
                found.add(Images.lease(image));
            }
            return --left[0] > 0;
        });
        return found;
    }

    private void note(TraitChains chains, int slot, @Nullable LeaseTrait trait) {
        if (trait == null) {
            chains.drop(slot);
        } else {
            chains.note(slot, hashOf(trait));
        }
    }

    private TraitChains chainsOf(LeaseTrait trait) {
        if (trait instanceof LeaseTrait.Hardware) {
            return byHardware;
        }
        return trait instanceof LeaseTrait.ClientIdentifier ? byClientId : byRemoteId;
    }

    private int hashOf(LeaseTrait trait) {
        long value;
        if (trait instanceof LeaseTrait.Hardware hardware) {
            value = hardware.mac().hash(hash, 0);
        } else {
            value = hash.of(0, identifier(trait));
        }
        return SlotIndex.spread((int) (value ^ value >>> Integer.SIZE));
    }

    private static boolean fits(byte[] image, LeaseTrait trait) {
        if (trait instanceof LeaseTrait.Hardware hardware) {
            return hardware.mac().equals(Images.mac(image));
        }
        byte[] known = trait instanceof LeaseTrait.ClientIdentifier ? Images.clientId(image) : Images.remoteId(image);
        return known != null && Arrays.equals(known, identifier(trait));
    }

    private static byte[] identifier(LeaseTrait trait) {
        return trait instanceof LeaseTrait.ClientIdentifier client ? client.id() : ((LeaseTrait.RemoteId) trait).id();
    }
}
