package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.ClientKey;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Offers that share something which bounds them, oldest first in each group. An offer without it is in no group.
 *
 * @param <G> what they share
 */
final class OfferGroups<G> {

    private final Map<G, Map<ClientKey, Offer>> groups = new HashMap<>();

    void add(@Nullable G group, Offer offer) {
        if (group != null) {
            groups.computeIfAbsent(group, any -> new LinkedHashMap<>()).put(offer.key(), offer);
        }
    }

    void remove(@Nullable G group, Offer offer) {
        if (size(group) > 0) {
            groups.computeIfPresent(group, (any, offers) -> {
                offers.remove(offer.key());
                return offers.isEmpty() ? null : offers;
            });
        }
    }

    int size(@Nullable G group) {
        return in(group).size();
    }

    /** The offer of a group that was made first, or null. */
    @Nullable
    Offer oldest(@Nullable G group) {
        Map<ClientKey, Offer> offers = in(group);
        return offers.isEmpty() ? null : offers.values().iterator().next();
    }

    private Map<ClientKey, Offer> in(@Nullable G group) {
        Map<ClientKey, Offer> offers = group == null ? null : groups.get(group);
        return offers == null ? Map.of() : offers;
    }
}
