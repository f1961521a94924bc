package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayPort;
import io.athena.dhcpd.core.subnet.Pool;
import io.athena.dhcpd.core.subnet.Reservation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Picks the address for an OFFER (RFC 2131 section 4.3.1), in this order: the reservation, the lease or offer the
 * client has, the address it had, the one it asks for; then, of the most specific pools that have one, the address that
 * was probed ahead of time, that never was anybody's, else the one that ended longest ago.
 */
final class AddressChooser {

    private final LeaseTable table;
    private final OfferBook offers;
    private final Rights rights;
    private final ConflictTable conflicts;
    private final Stock stock;
    private final Doubts doubts;
    private final DecisionTrace trace;

    AddressChooser(
            LeaseTable table,
            OfferBook offers,
            Rights rights,
            ConflictTable conflicts,
            Stock stock,
            Doubts doubts,
            DecisionTrace trace) {
        this.table = table;
        this.offers = offers;
        this.rights = rights;
        this.conflicts = conflicts;
        this.stock = stock;
        this.doubts = doubts;
        this.trace = trace;
    }

    /** The address, or null when nothing is free; offers to strangers may have been recalled for it. */
    @Nullable
    Ipv4 choose(ClientRequest request, EngineSettings settings, long now) {
        Ipv4 free = free(request, settings, now);
        return free != null ? free : lastResort(request, settings, now);
    }

    /** The address, or null when nothing is free; changes nothing. */
    @Nullable
    Ipv4 free(ClientRequest request, EngineSettings settings, long now) {
        Reservation reservation = rights.usableReservation(request, settings, now);
        if (reservation != null) {
            return because(Ground.RESERVED, reservation.ip());
        }
        Ipv4 own = ownAddress(request, now);
        if (own != null) {
            return own;
        }
        Ipv4 asked = request.requestedIp();
        if (asked != null && mayAskFor(asked, request, settings, now)) {
            return because(Ground.ASKED_FOR, asked);
        }
        for (List<Pool> tier : rights.link().tiers()) {
            Ipv4 free = free(tier, request, settings, now);
            if (free != null) {
                return free;
            }
        }
        return null;
    }

    private @Nullable Ipv4 free(List<Pool> tier, ClientRequest request, EngineSettings settings, long now) {
        for (Pool pool : tier) {
            Ipv4 ready = rights.admits(pool, request) ? stock.first(pool, settings.probes(), now) : null;
            if (ready != null) {
                return because(Ground.PROBED_AHEAD, ready);
            }
        }
        Ipv4 fresh = untouched(tier, request, settings.cautious(now));
        return fresh != null || !settings.mayReuse(now) ? fresh : longestEnded(tier, request);
    }

    /** What is left when nothing is free: a doubtful address, else one that is offered to somebody; null without either. */
    @Nullable
    Ipv4 lastResort(ClientRequest request, EngineSettings settings, long now) {
        Ipv4 doubtful = settings.mayReuse(now)
                ? doubts.giveUp(address -> rights.permits(address, request) && isOnlyDoubtful(address, now))
                : null;
        return doubtful != null ? because(Ground.DOUBTFUL, doubtful) : recalled(request, settings, now);
    }

    private boolean isOnlyDoubtful(Ipv4 address, long now) {
        int slot = table.slotOf(address);
        return slot >= 0 && table.isOnlyDoubtful(slot) && table.isUnclaimed(slot, now);
    }

    /**
     * The address of an unanswered offer that may be taken back: from the client's own relay port first, so that
     * clients which somebody invents there cost nobody else an offer, then the oldest of all.
     */
    private @Nullable Ipv4 recalled(ClientRequest request, EngineSettings settings, long now) {
        if (!settings.mayReuse(now)) {
            return null;
        }
        Offer oldest = offers.oldestRecallable(RelayPort.of(request.relay()));
        if (!mayHave(oldest, request, now)) {
            oldest = oldestOffer(request, now);
        }
        if (oldest == null) {
            return null;
        }
        offers.withdraw(oldest.key());
        return because(Ground.TAKEN_BACK, oldest.address());
    }

    private @Nullable Offer oldestOffer(ClientRequest request, long now) {
        Offer oldest = null;
        for (Pool pool : rights.link().pools()) {
            Offer offer = rights.admits(pool, request) ? offers.oldestRecallable(pool) : null;
            boolean older = offer != null && (oldest == null || offer.until() < oldest.until());
            if (older && mayHave(offer, request, now)) {
                oldest = offer;
            }
        }
        return oldest;
    }

    /** An offer may outlive the reservation that took its address over from another client, who still has the lease. */
    private boolean mayHave(@Nullable Offer offer, ClientRequest request, long now) {
        if (offer == null || !rights.permits(offer.address(), request)) {
            return false;
        }
        int slot = table.slotOf(offer.address());
        boolean leased = table.isActive(slot, now) && !table.isHeldBy(slot, offer.key());
        return !leased && !conflicts.withholds(slot, request.mac());
    }

    /** RFC 2131 section 4.3.1: the current address, else the previous one if it is still free. */
    private @Nullable Ipv4 ownAddress(ClientRequest request, long now) {
        Offer offer = offers.of(request.key());
        if (offer != null && mayHave(offer, request, now)) {
            return because(Ground.OFFERED_BEFORE, offer.address());
        }
        int slot = table.slotOf(request.key());
        if (slot < 0) {
            return null;
        }
        Ipv4 address = table.addressOf(slot);
        boolean active = table.isActive(slot, now);
        boolean available = !conflicts.withholds(slot, request.mac()) && (active || table.isUnclaimed(slot, now));
        return available && rights.permits(address, request) && !hasDeclined(slot, request)
                ? because(active ? Ground.OWN_LEASE : Ground.FORMER_LEASE, address)
                : null;
    }

    private boolean mayAskFor(Ipv4 asked, ClientRequest request, EngineSettings settings, long now) {
        return rights.permits(asked, request)
                && mayReuse(asked, request, settings, now)
                && !hasDeclined(table.slotOf(asked), request);
    }

    /** Whether the client was the last to have the address, and found that somebody else uses it. */
    private boolean hasDeclined(int slot, ClientRequest request) {
        byte[] image = slot < 0 ? null : table.imageOf(slot);
        return image != null && Images.state(image) == LeaseState.DECLINED && Images.isKeyed(image, request.key());
    }

    private boolean mayReuse(Ipv4 address, ClientRequest request, EngineSettings settings, long now) {
        int slot = table.slotOf(address);
        return slot < 0
                || (settings.mayReuse(now)
                        && table.isUnclaimed(slot, now)
                        && !conflicts.withholds(slot, request.mac()));
    }

    /** In caution the far end of the pool: what seems untouched near its start may be a lease whose record is lost. */
    private @Nullable Ipv4 untouched(List<Pool> tier, ClientRequest request, boolean cautious) {
        AddressSpace space = table.space();
        for (Pool pool : tier) {
            if (!rights.admits(pool, request)) {
                continue;
            }
            Ipv4 address = cautious ? space.highestUntouchedIn(pool) : space.untouchedIn(pool);
            if (address != null) {
                return because(Ground.NEVER_USED, address);
            }
        }
        return null;
    }

    private @Nullable Ipv4 longestEnded(List<Pool> tier, ClientRequest request) {
        int oldest = -1;
        for (Pool pool : tier) {
            int slot = rights.admits(pool, request) ? table.space().longestEndedIn(pool) : -1;
            if (slot >= 0 && (oldest < 0 || table.expiryOf(slot) < table.expiryOf(oldest))) {
                oldest = slot;
            }
        }
        return oldest < 0 ? null : because(Ground.LONGEST_ENDED, table.addressOf(oldest));
    }

    private Ipv4 because(Ground ground, Ipv4 address) {
        trace.decided(ground, address);
        return address;
    }
}
