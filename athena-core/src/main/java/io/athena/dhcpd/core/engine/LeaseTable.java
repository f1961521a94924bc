package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Pool;
import java.util.Arrays;
import java.util.Comparator;
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
    private int[] address = new int[64];

    private byte[] state = new byte[64];
    private int[] expiry = new int[64];
    private int[] keyHash = new int[64];
    private byte[][] image = new byte[64][];
    private boolean[] withheld = new boolean[64];
    private int[] lastXid = new int[64];
    private int[] lastAck = new int[64];
    private @Nullable Offer[] offer = new Offer[64];
    private @Nullable PendingChange[] pending = new PendingChange[64];

    private int slots;
    private int freeSlot = NONE;
    private final SlotIndex byAddress = new SlotIndex();
    private final SlotIndex byKey = new SlotIndex();
    private final ExpiryHeap expiries = new ExpiryHeap();
    private final int[] perState = new int[8];

    private Link link;
    private EndedLists ended = new EndedLists(0);
    private AddressBitmap[] untouched = new AddressBitmap[0];
    private int[] capacity = new int[0];

    LeaseTable(Link link) {
        this.link = link;
        rebuildSpaces();
    }

    // --- look-ups -----------------------------------------------------------------------------------------------

    /** The slot of an address, or -1 when nothing was ever noted of it. */
    int slotOf(Ipv4 ip) {
        int hash = SlotIndex.spread(ip.bits());
        for (int at = byAddress.first(hash); at >= 0; at = byAddress.next(at, hash)) {
            if (address[byAddress.slotAt(at)] == ip.bits()) {
                return byAddress.slotAt(at);
            }
        }
        return NONE;
    }

    /** The slot of the lease that a client has or had last, or -1. */
    int slotOf(ClientKey key) {
        int hash = SlotIndex.spread(key.hashCode());
        for (int at = byKey.first(hash); at >= 0; at = byKey.next(at, hash)) {
            int slot = byKey.slotAt(at);
            if (Images.isKeyed(image[slot], key)) {
                return slot;
            }
        }
        return NONE;
    }

    Ipv4 addressOf(int slot) {
        return new Ipv4(address[slot]);
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
        return withheld[slot];
    }

    /** Whether the client's last ACK for this address answered the same transaction at {@code since} or later. */
    boolean answered(int slot, int xid, long since) {
        return lastXid[slot] == xid && Integer.toUnsignedLong(lastAck[slot]) >= since && lastAck[slot] != 0;
    }

    /** Whether nothing stands between the address and a new client; the topology is the caller's business. */
    boolean isReusable(Ipv4 ip, long now) {
        int slot = slotOf(ip);
        return slot == NONE
                || (offer[slot] == null && pending[slot] == null && !withheld[slot] && !isActive(slot, now));
    }

    /** The lowest address of a pool that never had a lease and is free, or null. */
    @Nullable
    Ipv4 untouchedIn(Pool pool) {
        int member = untouched[pool.index()].first();
        return member < 0 ? null : pool.range().first().plus(member);
    }

    /** The slot of a pool whose lease ended longest ago and is free, or -1. */
    int longestEndedIn(Pool pool) {
        return ended.first(pool.index());
    }

    /** How many addresses of a pool a new client could be given. */
    int freeIn(Pool pool) {
        return untouched[pool.index()].count() + ended.count(pool.index());
    }

    /** How many addresses of a pool can be given at all: without reserved and forbidden ones. */
    int capacityOf(Pool pool) {
        return capacity[pool.index()];
    }

    int count(LeaseState which) {
        return perState[which.code()];
    }

    /** One past the highest slot in use, for cursors. */
    int slotLimit() {
        return slots;
    }

    /** The slot whose lease runs out first and has by {@code now}, or -1. */
    int firstExpired(long now) {
        int slot = expiries.first();
        return slot != NONE && expiries.firstExpiry() <= now ? slot : NONE;
    }

    // --- changes ------------------------------------------------------------------------------------------------

    /** Takes over an image that is durable, or needs not be. */
    int put(Ipv4 ip, byte[] newImage) {
        int slot = ensure(ip);
        forgetKey(slot);
        count(slot, -1);
        image[slot] = newImage;
        state[slot] = (byte) Images.state(newImage).code();
        expiry[slot] = (int) Images.expiry(newImage);
        rememberKey(slot, Images.key(newImage));
        count(slot, 1);
        watchExpiry(slot);
        ended.remove(slot);
        settleStanding(slot, false);
        return slot;
    }

    /** Notes which transaction the last ACK answered. */
    void noteAck(int slot, int xid, long now) {
        lastXid[slot] = xid;
        lastAck[slot] = (int) now;
    }

    void setOffer(Offer newOffer) {
        int slot = ensure(newOffer.address());
        offer[slot] = newOffer;
        ended.remove(slot);
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
        ended.remove(slot);
    }

    void clearPending(Ipv4 ip) {
        int slot = slotOf(ip);
        pending[slot] = null;
        watchExpiry(slot);
        settleStanding(slot, true);
    }

    /** Withholds an address from allocation, or gives it back. */
    void setWithheld(Ipv4 ip, boolean hold) {
        int slot = ensure(ip);
        withheld[slot] = hold;
        if (hold) {
            ended.remove(slot);
        }
        settleStanding(slot, false);
    }

    /** Takes over a new shape of the same link; leases, offers and pending changes stay. */
    void retopology(Link newLink) {
        this.link = newLink;
        rebuildSpaces();
    }

    private int ensure(Ipv4 ip) {
        int slot = slotOf(ip);
        if (slot != NONE) {
            return slot;
        }
        slot = takeSlot();
        address[slot] = ip.bits();
        byAddress.add(SlotIndex.spread(ip.bits()), slot);
        markUntouched(ip, false);
        return slot;
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
        if (offer[slot] != null || pending[slot] != null || withheld[slot]) {
            return;
        }
        if (image[slot] == null) {
            release(slot);
            return;
        }
        Pool pool = link.poolOf(addressOf(slot));
        if (state[slot] == LeaseState.ACTIVE.code() || ended.contains(slot) || pool == null || !mayGive(pool, slot)) {
            return;
        }
        if (longEnded) {
            ended.prepend(pool.index(), slot);
        } else {
            ended.append(pool.index(), slot);
        }
    }

    private boolean mayGive(Pool pool, int slot) {
        return mayGive(pool, addressOf(slot));
    }

    private boolean mayGive(Pool pool, Ipv4 ip) {
        return !link.isForbidden(ip) && link.reservationAt(ip) == null && pool == link.poolOf(ip);
    }

    private void markUntouched(Ipv4 ip, boolean free) {
        Pool pool = link.poolOf(ip);
        if (pool == null) {
            return;
        }
        int member = ip.bits() - pool.range().first().bits();
        if (free && mayGive(pool, ip)) {
            untouched[pool.index()].add(member);
        } else {
            untouched[pool.index()].remove(member);
        }
    }

    private void rebuildSpaces() {
        ended = new EndedLists(link.pools().size());
        untouched = new AddressBitmap[link.pools().size()];
        capacity = new int[link.pools().size()];
        for (Pool pool : link.pools()) {
            AddressBitmap space = new AddressBitmap((int) pool.range().size());
            int base = pool.range().first().bits();
            for (AddressRange owned : pool.owned()) {
                for (long i = 0; i < owned.size(); i++) {
                    space.add(owned.first().bits() - base + (int) i);
                }
            }
            untouched[pool.index()] = space;
        }
        excludeFixed();
        for (Pool pool : link.pools()) {
            capacity[pool.index()] = untouched[pool.index()].count();
        }
        int[] used = IntStream.range(0, slots).filter(this::isInUse).toArray();
        for (int slot : used) {
            markUntouched(addressOf(slot), false);
        }
        Arrays.stream(used)
                .boxed()
                .sorted(Comparator.comparingLong(this::expiryOf))
                .forEach(slot -> settleStanding(slot, false));
    }

    /** Takes reserved and forbidden addresses out of the pools without asking about every address. */
    private void excludeFixed() {
        link.reservations().forEach(reservation -> markUntouched(reservation.ip(), false));
        link.forbidden().forEach(ip -> markUntouched(ip, false));
        link.subnets().forEach(subnet -> {
            if (subnet.network().prefix() <= 30) {
                markUntouched(subnet.network().network(), false);
                markUntouched(subnet.network().broadcast(), false);
            }
        });
    }

    // --- slots --------------------------------------------------------------------------------------------------

    private boolean isInUse(int slot) {
        return slotOf(new Ipv4(address[slot])) == slot;
    }

    private void rememberKey(int slot, ClientKey key) {
        keyHash[slot] = SlotIndex.spread(key.hashCode());
        int former = slotOf(key);
        if (former != NONE && outranks(former, slot)) {
            return;
        }
        if (former != NONE) {
            byKey.remove(keyHash[former], former);
        }
        byKey.add(keyHash[slot], slot);
    }

    /** Of two records of one client the active one counts, then the one that ends later. */
    private boolean outranks(int one, int other) {
        boolean active = state[one] == LeaseState.ACTIVE.code();
        boolean otherActive = state[other] == LeaseState.ACTIVE.code();
        return active != otherActive ? active : expiryOf(one) > expiryOf(other);
    }

    private void forgetKey(int slot) {
        if (image[slot] != null) {
            byKey.remove(keyHash[slot], slot);
        }
    }

    private void count(int slot, int step) {
        if (image[slot] != null) {
            perState[state[slot]] += step;
        }
    }

    private int takeSlot() {
        if (freeSlot != NONE) {
            int slot = freeSlot;
            freeSlot = expiry[slot];
            expiry[slot] = 0;
            return slot;
        }
        if (slots == address.length) {
            grow(2 * slots);
        }
        return slots++;
    }

    private void release(int slot) {
        Ipv4 ip = addressOf(slot);
        byAddress.remove(SlotIndex.spread(ip.bits()), slot);
        state[slot] = 0;
        lastAck[slot] = 0;
        expiry[slot] = freeSlot;
        freeSlot = slot;
        markUntouched(ip, true);
    }

    private void grow(int capacity) {
        address = Arrays.copyOf(address, capacity);
        state = Arrays.copyOf(state, capacity);
        expiry = Arrays.copyOf(expiry, capacity);
        keyHash = Arrays.copyOf(keyHash, capacity);
        image = Arrays.copyOf(image, capacity);
        withheld = Arrays.copyOf(withheld, capacity);
        lastXid = Arrays.copyOf(lastXid, capacity);
        lastAck = Arrays.copyOf(lastAck, capacity);
        offer = Arrays.copyOf(offer, capacity);
        pending = Arrays.copyOf(pending, capacity);
    }
}
