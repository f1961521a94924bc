package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import io.athena.dhcpd.core.subnet.Link;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one link: the durable image of each lease and what else keeps an address from being given (an
 * offer, a change on its way to the disk, a hold). It alone knows what is free. Flat slots and primitive indexes: a
 * lease costs its encoded image and some fifty bytes. Not for use by two threads.
 */
final class LeaseTable {

    private static final int NONE = -1;

    /** An address with no slot is untouched: it never had a lease and nothing withholds it. */
    private final AddressSlots slots = new AddressSlots();

    private byte[] state = new byte[64];
    private int[] expiry = new int[64];
    private byte[][] image = new byte[64][];
    private byte[] marks = new byte[64];
    private @Nullable Offer[] offer = new Offer[64];
    private @Nullable PendingChange[] pending = new PendingChange[64];

    private final ClientIndex clients = new ClientIndex(this);
    private final ExpiryHeap expiries = new ExpiryHeap();
    private final int[] perState = new int[8];
    private final AckMemory acks = new AckMemory();
    private @Nullable TraitIndex traits;
    private AddressSpace space;

    LeaseTable(Link link) {
        this.space = new AddressSpace(link);
    }

    // --- look-ups -----------------------------------------------------------------------------------------------

    /** The slot of an address, or -1 when nothing was ever noted of it. */
    int slotOf(Ipv4 ip) {
        return slots.of(ip);
    }

    /** The slot of the lease that a client has or had last, or -1. */
    int slotOf(ClientKey key) {
        return clients.slotOf(key);
    }

    Ipv4 addressOf(int slot) {
        return slots.addressOf(slot);
    }

    /** The durable image, or null when the address has no lease record. */
    byte @Nullable [] imageOf(int slot) {
        return image[slot];
    }

    boolean isHeldBy(int slot, ClientKey key) {
        return image[slot] != null && Images.isKeyed(image[slot], key);
    }

    /** Whether the record binds the address; a lease past its expiry does not, reaped or not. */
    boolean isActive(int slot, long now) {
        return state[slot] == LeaseState.ACTIVE.code() && expiryOf(slot) > now;
    }

    /** Whether the record binds the address unless its time is over. */
    boolean isBound(int slot) {
        return state[slot] == LeaseState.ACTIVE.code();
    }

    /** Whether the record says that its time was over. */
    boolean hasExpired(int slot) {
        return state[slot] == LeaseState.EXPIRED.code();
    }

    long expiryOf(int slot) {
        return Integer.toUnsignedLong(expiry[slot]);
    }

    @Nullable
    Offer offerOf(int slot) {
        return offer[slot];
    }

    @Nullable
    PendingChange pendingOf(int slot) {
        return pending[slot];
    }

    boolean isWithheld(int slot) {
        return (marks[slot] & Mark.WITHHOLDING) != 0;
    }

    /** Whether it is withheld for more than a conflict. */
    boolean isHeldBack(int slot) {
        return (marks[slot] & (Mark.EXCLUSION.bit() | Mark.DOUBT.bit())) != 0;
    }

    boolean has(int slot, Mark mark) {
        return (marks[slot] & mark.bit()) != 0;
    }

    /** What was answered last, slot by slot. */
    AckMemory acks() {
        return acks;
    }

    /** Whether the address of a slot is nobody's, and on its way to nobody; it may be withheld all the same. */
    boolean isUnclaimed(int slot, long now) {
        return offer[slot] == null && pending[slot] == null && !isActive(slot, now);
    }

    /** Whether a doubt is all that withholds the address of a slot. */
    boolean isOnlyDoubtful(int slot) {
        return (marks[slot] & Mark.WITHHOLDING) == Mark.DOUBT.bit();
    }

    /** What the pools have to give. */
    AddressSpace space() {
        return space;
    }

    int count(LeaseState which) {
        return perState[which.code()];
    }

    /** One past the highest slot in use, for cursors. */
    int slotLimit() {
        return slots.limit();
    }

    /** The slot whose lease runs out first and has by {@code now}, or -1. */
    int firstExpired(long now) {
        int slot = expiries.first();
        return slot != NONE && expiries.firstExpiry() <= now ? slot : NONE;
    }

    // --- changes ------------------------------------------------------------------------------------------------

    /** Takes over a record that is durable, or needs not be, with its encoded form; answers its slot. */
    int put(Lease lease, byte[] newImage) {
        return put(lease.ip(), newImage, lease.state(), lease.expiry(), lease.key());
    }

    /** Takes over an image from the store. @throws CorruptRecordException when it cannot be read */
    void load(Ipv4 ip, byte[] newImage) throws CorruptRecordException {
        put(ip, newImage, LeaseCodec.stateOf(newImage), LeaseCodec.expiryOf(newImage), LeaseCodec.keyOf(newImage));
    }

    private int put(Ipv4 ip, byte[] newImage, LeaseState newState, long newExpiry, ClientKey key) {
        int slot = ensure(ip);
        count(slot, -1);
        byte[] oldImage = image[slot];
        image[slot] = newImage;
        state[slot] = (byte) newState.code();
        expiry[slot] = (int) newExpiry;
        clients.record(slot, oldImage, key);
        if (traits != null) {
            traits.record(slot, newImage);
        }
        count(slot, 1);
        watchExpiry(slot);
        takeOut(slot);
        settleStanding(slot, false);
        return slot;
    }

    /** From now on this index, or none, hears of every record. */
    void indexBy(@Nullable TraitIndex index) {
        traits = index;
    }

    void setOffer(Offer newOffer) {
        int slot = ensure(newOffer.address());
        offer[slot] = newOffer;
        takeOut(slot);
    }

    void clearOffer(Ipv4 ip) {
        int slot = slotOf(ip);
        offer[slot] = null;
        settleStanding(slot, true);
    }

    void setPending(PendingChange change) {
        int slot = ensure(change.address());
        pending[slot] = change;
        watchExpiry(slot);
        takeOut(slot);
    }

    void clearPending(Ipv4 ip) {
        int slot = slotOf(ip);
        pending[slot] = null;
        watchExpiry(slot);
        settleStanding(slot, true);
    }

    /** Withholds an address from allocation for a reason of its own, or ends that reason. */
    void setWithheld(Ipv4 ip, Mark why, boolean hold) {
        int slot = ensure(ip);
        marks[slot] = (byte) (hold ? marks[slot] | why.bit() : marks[slot] & ~why.bit());
        if (hold) {
            takeOut(slot);
        }
        settleStanding(slot, false);
    }

    /** Sets a free address aside, so that no search finds it; it leaves that state as soon as somebody gets it. */
    void setAside(Ipv4 ip) {
        int slot = ensure(ip);
        space.removeEnded(slot);
        marks[slot] |= (byte) Mark.ASIDE.bit();
        space.aside(ip, 1);
    }

    /** Puts an address that was set aside back where it was found; nothing happens when it was given meanwhile. */
    void putBack(Ipv4 ip) {
        int slot = slotOf(ip);
        if (slot != NONE && has(slot, Mark.ASIDE)) {
            takeOut(slot);
            settleStanding(slot, true);
        }
    }

    /** Takes over a new shape of the same link; leases, offers and pending changes stay. */
    void retopology(Link link) {
        space = new AddressSpace(link);
        int[] used = IntStream.range(0, slotLimit())
                .filter(slot -> slotOf(addressOf(slot)) == slot)
                .toArray();
        for (int slot : used) {
            space.touch(addressOf(slot));
        }
        EndedLists.longestEndedFirst(used, this::expiryOf).forEach(slot -> settleStanding(slot, false));
    }

    private int ensure(Ipv4 ip) {
        int slot = slotOf(ip);
        if (slot != NONE) {
            return slot;
        }
        slot = slots.take(ip);
        if (slots.capacity() > state.length) {
            grow(slots.capacity());
        }
        space.touch(ip);
        return slot;
    }

    /** The address is nobody's to find any more: somebody has it, or it is withheld. */
    private void takeOut(int slot) {
        space.removeEnded(slot);
        if (has(slot, Mark.ASIDE)) {
            marks[slot] &= (byte) ~Mark.ASIDE.bit();
            space.aside(addressOf(slot), -1);
        }
    }

    /** The reaper waits like everybody else: while a change is pending, its record would land after the change. */
    private void watchExpiry(int slot) {
        boolean ends = state[slot] == LeaseState.ACTIVE.code() && expiryOf(slot) != LeaseTimes.FOREVER;
        if (ends && pending[slot] == null) {
            expiries.set(slot, expiryOf(slot));
        } else {
            expiries.remove(slot);
        }
    }

    /** Puts a slot where it now belongs: among the ended, or away when it says nothing any more. */
    private void settleStanding(int slot, boolean longEnded) {
        if (offer[slot] != null || pending[slot] != null || marks[slot] != 0) {
            return;
        }
        if (image[slot] == null) {
            release(slot);
            return;
        }
        if (state[slot] != LeaseState.ACTIVE.code()) {
            space.addEnded(addressOf(slot), slot, longEnded);
        }
    }

    // --- slots --------------------------------------------------------------------------------------------------

    private void count(int slot, int step) {
        if (image[slot] != null) {
            perState[state[slot]] += step;
        }
    }

    private void release(int slot) {
        Ipv4 ip = addressOf(slot);
        slots.giveBack(slot);
        state[slot] = 0;
        expiry[slot] = 0;
        acks.forget(slot);
        space.forget(ip);
    }

    private void grow(int capacity) {
        state = Arrays.copyOf(state, capacity);
        expiry = Arrays.copyOf(expiry, capacity);
        image = Arrays.copyOf(image, capacity);
        marks = Arrays.copyOf(marks, capacity);
        offer = Arrays.copyOf(offer, capacity);
        pending = Arrays.copyOf(pending, capacity);
    }
}
