package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayPort;
import io.athena.dhcpd.core.subnet.Pool;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The offers of a link, one a client, oldest first. Those to clients that never had a binding are bounded for each
 * relay port and for each pool, and may be taken back: whoever invents clients takes his own offers back first.
 */
final class OfferBook {

    /** A port that serves more than this many newcomers at once is an access switch of its own, or an attacker. */
    static final int RECALLABLE_A_PORT = 64;

    /** Bounds the memory that a flood of invented clients can take where a pool is large. */
    static final int RECALLABLE_A_POOL = 65_536;

    private final LeaseTable table;
    private final Map<ClientKey, Offer> offers = new LinkedHashMap<>();
    private final OfferGroups<Ipv4> byPool = new OfferGroups<>();
    private final OfferGroups<RelayPort> byPort = new OfferGroups<>();

    OfferBook(LeaseTable table) {
        this.table = table;
    }

    @Nullable
    Offer of(ClientKey key) {
        return offers.get(key);
    }

    /** Holds an address for a client; a former offer to the client ends, and the oldest of a group that is full. */
    void make(Offer offer) {
        withdraw(offer.key());
        if (offer.isRecallable()) {
            keepWithin(RECALLABLE_A_PORT, byPort, offer.port());
            keepWithin(RECALLABLE_A_POOL, byPool, offer.pool());
            byPort.add(offer.port(), offer);
            byPool.add(offer.pool(), offer);
        }
        offers.put(offer.key(), offer);
        table.setOffer(offer);
    }

    /** The client has asked for what it was offered: the offer cannot be taken back any more. */
    void answered(ClientKey key) {
        Offer offer = offers.get(key);
        if (offer != null) {
            leaveGroups(offer);
        }
    }

    /** Ends the offer to a client, if there is one. */
    void withdraw(ClientKey key) {
        Offer offer = offers.remove(key);
        if (offer != null) {
            forget(offer);
        }
    }

    /** Ends the offer of an address, whoever it was made to. */
    void withdrawAt(Ipv4 address) {
        int slot = table.slotOf(address);
        Offer offer = slot < 0 ? null : table.offerOf(slot);
        if (offer != null) {
            withdraw(offer.key());
        }
    }

    /** Ends the offer of an address, unless it was made to this client. */
    void withdrawFromOthers(Ipv4 address, ClientKey key) {
        int slot = table.slotOf(address);
        Offer offer = slot < 0 ? null : table.offerOf(slot);
        if (offer != null && !offer.key().equals(key)) {
            withdraw(offer.key());
        }
    }

    /** Ends every offer whose hold is over. */
    void lapse(long now) {
        Iterator<Offer> oldestFirst = offers.values().iterator();
        while (oldestFirst.hasNext()) {
            Offer offer = oldestFirst.next();
            if (offer.until() > now) {
                return;
            }
            oldestFirst.remove();
            forget(offer);
        }
    }

    /** The offer of a pool that may be taken back and was made first, or null. */
    @Nullable
    Offer oldestRecallable(Pool pool) {
        return byPool.oldest(pool.range().first());
    }

    /** The offer behind a relay port that may be taken back and was made first, or null. */
    @Nullable
    Offer oldestRecallable(@Nullable RelayPort port) {
        return byPort.oldest(port);
    }

    /** At most so many offers, the oldest first. */
    List<Offer> oldest(int limit) {
        return offers.values().stream().limit(limit).toList();
    }

    int size() {
        return offers.size();
    }

    private <G> void keepWithin(int bound, OfferGroups<G> groups, @Nullable G group) {
        Offer oldest = groups.size(group) < bound ? null : groups.oldest(group);
        if (oldest != null) {
            withdraw(oldest.key());
        }
    }

    private void forget(Offer offer) {
        leaveGroups(offer);
        table.clearOffer(offer.address());
    }

    private void leaveGroups(Offer offer) {
        if (offer.isRecallable()) {
            byPool.remove(offer.pool(), offer);
            byPort.remove(offer.port(), offer);
        }
    }
}
