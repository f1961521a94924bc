package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.ClientRequest.RequestKind;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.ClientTraits;
import io.athena.dhcpd.core.subnet.Reservation;
import org.jspecify.annotations.Nullable;

/** Whether a DHCPREQUEST is granted, NAKed or met with silence (RFC 2131 section 4.3.2); changes nothing. */
final class RequestJudge {

    /** The verdict on an address that a client asks for. */
    sealed interface Verdict {

        /** The client may have it. */
        record Grant(Rights.Place place) implements Verdict {}

        /** It may not, and shall hear so. */
        record Nak(DropReason reason) implements Verdict {}

        /** Not ours to answer. */
        record Silence(DropReason reason) implements Verdict {}
    }

    private final LeaseTable table;
    private final OfferBook offers;
    private final Rights rights;
    private final ConflictTable conflicts;
    private final DecisionTrace trace;

    RequestJudge(LeaseTable table, OfferBook offers, Rights rights, ConflictTable conflicts, DecisionTrace trace) {
        this.table = table;
        this.offers = offers;
        this.rights = rights;
        this.conflicts = conflicts;
        this.trace = trace;
    }

    Verdict judge(ClientRequest request, Ipv4 wanted, EngineSettings settings, long now) {
        if (rights.link().subnetOf(wanted) == null) {
            return nak(DropReason.WRONG_NETWORK, Ground.OFF_LINK, wanted);
        }
        Offer offer = offers.of(request.key());
        boolean offered = offer != null && offer.address().equals(wanted);
        ClientTraits client = rights.sender(request, wanted, offered ? offer : null, now);
        trace.sender(client);
        Reservation reserved = rights.usableReservation(request, client, wanted, settings, now);
        if (reserved != null && !reserved.ip().equals(wanted)) {
            return nak(DropReason.NOT_YOUR_ADDRESS, Ground.RESERVED_ELSEWHERE, wanted);
        }
        Rights.Place place = rights.placeFor(wanted, request, client);
        if (place == null) {
            return withoutRight(request, wanted, settings, now);
        }
        int slot = table.slotOf(wanted);
        if (slot >= 0) {
            Ground obstacle = obstacle(slot, request, reserved != null, now);
            if (obstacle != null) {
                boolean unusable = obstacle == Ground.WITHHELD;
                return nak(unusable ? DropReason.ADDRESS_UNUSABLE : DropReason.NOT_YOUR_ADDRESS, obstacle, wanted);
            }
        }
        boolean known = offered || (slot >= 0 && table.isHeldBy(slot, request.key()));
        if (known || reserved != null) {
            trace.decided(reserved != null ? Ground.RESERVED : offered ? Ground.OFFERED : Ground.HELD, wanted);
            return new Verdict.Grant(place);
        }
        return unrecorded(request, wanted, place, slot, settings, now);
    }

    /** Somebody else's reservation, a router's address, or one outside every pool. */
    private Verdict withoutRight(ClientRequest request, Ipv4 wanted, EngineSettings settings, long now) {
        if (rights.link().isForbidden(wanted)) {
            return nak(DropReason.ADDRESS_UNUSABLE, Ground.NOT_FOR_CLIENTS, wanted);
        }
        int slot = table.slotOf(wanted);
        boolean holder = slot >= 0 && table.isActive(slot, now) && table.isHeldBy(slot, request.key());
        if (rights.link().reservationAt(wanted) != null || rights.link().poolOf(wanted) != null || holder) {
            return nak(DropReason.NOT_YOUR_ADDRESS, Ground.NOT_FOR_THIS_CLIENT, wanted);
        }
        trace.decided(Ground.OUTSIDE_POOLS, wanted);
        return settings.authoritative() || request.requestKind() == RequestKind.SELECTING
                ? new Verdict.Nak(DropReason.NOT_OURS)
                : new Verdict.Silence(DropReason.NOT_OURS);
    }

    private @Nullable Ground obstacle(int slot, ClientRequest request, boolean reserved, long now) {
        boolean leased = table.isActive(slot, now) && table.isHeldBy(slot, request.key());
        if (conflicts.withholds(slot, request.mac()) && (!leased || table.has(slot, Mark.EXCLUSION))) {
            // Somebody who answers after the ACK takes nobody's lease away; the hold begins when the lease ends.
            return Ground.WITHHELD;
        }
        if (reserved) {
            // A usable reservation takes its address over from whoever matches it too.
            return null;
        }
        if (table.isActive(slot, now)) {
            // An offer made to another while a reservation let it take the address over is void once that is gone.
            return table.isHeldBy(slot, request.key()) ? null : Ground.LEASED_TO_ANOTHER;
        }
        Offer offer = table.offerOf(slot);
        return offer != null && !offer.key().equals(request.key()) ? Ground.OFFERED_TO_ANOTHER : null;
    }

    /** The address is free and in our pool, but nothing says that this client had it or was offered it. */
    private Verdict unrecorded(
            ClientRequest request, Ipv4 wanted, Rights.Place place, int slot, EngineSettings settings, long now) {
        Verdict verdict = unrecorded(request, place, slot, settings, now);
        boolean selecting = request.requestKind() == RequestKind.SELECTING;
        if (verdict instanceof Verdict.Grant) {
            trace.decided(selecting ? Ground.CHOSEN_WITHOUT_RECORD : Ground.BELIEVED, wanted);
        } else {
            trace.decided(selecting ? Ground.LAPSED : Ground.WITHOUT_RECORD, wanted);
        }
        return verdict;
    }

    private Verdict unrecorded(ClientRequest request, Rights.Place place, int slot, EngineSettings settings, long now) {
        boolean someonesOnce = slot >= 0 && table.imageOf(slot) != null && !settings.mayReuse(now);
        boolean cautious = settings.cautious(now);
        return switch (request.requestKind()) {
            // The client chose us, so an offer was ours: made before a restart, or lapsed.
            case SELECTING -> someonesOnce ? new Verdict.Nak(DropReason.OFFER_GONE) : new Verdict.Grant(place);
            case EXTENDING ->
                (settings.authoritative() || cautious) && !someonesOnce
                        ? new Verdict.Grant(place)
                        : new Verdict.Silence(DropReason.NO_RECORD);
            // RFC 2131 section 4.3.2: without a record the server must remain silent, lest another one knows.
            case INIT_REBOOT ->
                cautious && !someonesOnce
                        ? new Verdict.Grant(place)
                        : settings.authoritative()
                                ? new Verdict.Nak(DropReason.NO_RECORD)
                                : new Verdict.Silence(DropReason.NO_RECORD);
            case UNUSABLE -> new Verdict.Silence(DropReason.ADDRESS_MISSING);
        };
    }

    private Verdict nak(DropReason reason, Ground ground, Ipv4 wanted) {
        trace.decided(ground, wanted);
        return new Verdict.Nak(reason);
    }
}
