package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import java.util.Objects;

/** What a BOOTP request is answered by (RFC 951): a reservation or an address of a pool that serves BOOTP, for ever. */
final class Bootp {

    private final LeaseTable table;
    private final OfferBook offers;
    private final Rights rights;
    private final AddressChooser chooser;
    private final LeaseChanges changes;
    private final Grants grants;
    private final Assurance assurance;
    private final LeaseNames names;

    Bootp(
            LeaseTable table,
            OfferBook offers,
            Rights rights,
            AddressChooser chooser,
            LeaseChanges changes,
            Grants grants,
            Assurance assurance,
            LeaseNames names) {
        this.table = table;
        this.offers = offers;
        this.rights = rights;
        this.chooser = chooser;
        this.changes = changes;
        this.grants = grants;
        this.assurance = assurance;
        this.names = names;
    }

    Answer answer(ClientRequest request, Search search, EngineSettings settings, long now) {
        PendingChange busy = changes.of(request.key());
        if (busy != null) {
            return new Answer.Behind(busy);
        }
        Ipv4 address = chooser.choose(request, settings, now);
        if (address == null) {
            return new Answer.Silent(DropReason.NO_BOOTP_BINDING);
        }
        PendingChange taking = changes.at(address);
        if (taking != null) {
            return new Answer.Behind(taking);
        }
        Rights.Place place = Objects.requireNonNull(rights.placeFor(address, request), "chosen without a right");
        int slot = table.slotOf(address);
        Assignment forever = place.assign(address, LeaseTimes.FOREVER);
        boolean bound = slot >= 0 && table.isHeldBy(slot, request.key()) && table.isActive(slot, now);
        if (bound && table.expiryOf(slot) == LeaseTimes.FOREVER) {
            return names.renames(request, forever)
                    ? grants.grant(request, place, forever, now)
                    : new Answer.Granted(forever);
        }
        offers.withdrawFromOthers(address, request.key());
        Answer first = assurance.before(address, place, request, search, settings, now);
        return first != null ? first : grants.grant(request, place, forever, now);
    }
}
