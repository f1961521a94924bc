package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The offers of a link, one a client, oldest first; those of strangers apart, since only they may be recalled. */
final class OfferBook {

    private final LeaseTable table;
    private final Map<ClientKey, Offer> toKnown = new LinkedHashMap<>();
    private final Map<ClientKey, Offer> toStrangers = new LinkedHashMap<>();

    OfferBook(LeaseTable table) {
        this.table = table;
    }

    @Nullable
    Offer of(ClientKey key) {
        Offer offer = toKnown.get(key);
        return offer != null ? offer : toStrangers.get(key);
    }

    /** Holds an address for a client; a former offer to the client ends. */
    void make(Offer offer) {
        withdraw(offer.key());
        (offer.knownClient() ? toKnown : toStrangers).put(offer.key(), offer);
        table.setOffer(offer);
    }

    /** Ends the offer to a client, if there is one. */
    void withdraw(ClientKey key) {
        Offer offer = toKnown.remove(key);
        if (offer == null) {
            offer = toStrangers.remove(key);
        }
        if (offer != null) {
            table.clearOffer(offer.address());
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

    /** Ends every offer whose hold is over. */
    void lapse(long now) {
        lapse(toKnown, now);
        lapse(toStrangers, now);
    }

    /** Takes the oldest unanswered offer to a stranger back, when there is one. */
    boolean recallOldest() {
        Iterator<Offer> offers = toStrangers.values().iterator();
        if (!offers.hasNext()) {
            return false;
        }
        Offer oldest = offers.next();
        offers.remove();
        table.clearOffer(oldest.address());
        return true;
    }

    int size() {
        return toKnown.size() + toStrangers.size();
    }

    private void lapse(Map<ClientKey, Offer> offers, long now) {
        Iterator<Offer> oldestFirst = offers.values().iterator();
        while (oldestFirst.hasNext()) {
            Offer offer = oldestFirst.next();
            if (offer.until() > now) {
                return;
            }
            oldestFirst.remove();
            table.clearOffer(offer.address());
        }
    }
}
