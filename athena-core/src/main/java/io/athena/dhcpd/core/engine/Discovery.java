package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.Terms;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a DHCPDISCOVER is answered by: an OFFER whose address is held (RFC 2131 section 4.3.1), an ACK at once (RFC
 * 4039), an OFFER that holds nothing (RFC 8925), or one without an address (RFC 2563).
 */
final class Discovery {

    private static final int IPV6_ONLY = 108;
    private static final int AUTO_CONFIGURE = 116;
    private static final byte DO_NOT_AUTO_CONFIGURE = 0;

    private final OfferBook offers;
    private final Rights rights;
    private final AddressChooser chooser;
    private final LeaseChanges changes;
    private final Grants grants;
    private final Assurance assurance;
    private final LeaseNames names;

    Discovery(
            OfferBook offers,
            Rights rights,
            AddressChooser chooser,
            LeaseChanges changes,
            Grants grants,
            Assurance assurance,
            LeaseNames names) {
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
        Ipv4 free = chooser.free(request, settings, now);
        boolean holdsNothing = request.wishes().ipv6Only() && isIpv6Mostly(free, request);
        Ipv4 address = free == null && !holdsNothing ? chooser.lastResort(request, settings, now) : free;
        if (address == null) {
            return withoutAddress(request, holdsNothing);
        }
        PendingChange taking = changes.at(address);
        if (taking != null) {
            return new Answer.Behind(taking);
        }
        Rights.Place place = placeOf(address, request);
        if (holdsNothing) {
            // RFC 8925 section 3.3: it is not expected to ask for the address; whoever does so first gets it.
            return new Answer.Offered(names.offered(request, Grants.assign(address, place, request)));
        }
        // Only a reservation finds another client's offer here: it was made before the address was reserved, or to
        // another of its keys.
        offers.withdrawFromOthers(address, request.key());
        Answer first = assurance.before(address, place, request, search, settings, now);
        if (first != null) {
            return first;
        }
        Assignment assignment = Grants.assign(address, place, request);
        if (request.wishes().rapidCommit() && place.subnet().config().rapidCommit()) {
            return grants.grant(request, place, assignment, now);
        }
        assurance.hold(address, place, request, settings, now);
        return new Answer.Offered(names.offered(request, assignment));
    }

    private boolean isIpv6Mostly(@Nullable Ipv4 address, ClientRequest request) {
        Terms terms = address == null
                ? rights.termsWithoutAddress(request)
                : placeOf(address, request).terms();
        return terms.options().contains(IPV6_ONLY);
    }

    private Rights.Place placeOf(Ipv4 address, ClientRequest request) {
        return Objects.requireNonNull(rights.placeFor(address, request), "chosen without a right");
    }

    /** RFC 2563 section 2.3: silence, unless the client asks and may not make up an address of its own. */
    private Answer withoutAddress(ClientRequest request, boolean holdsNothing) {
        DropReason reason = rights.whyNone(request);
        Terms terms = rights.termsWithoutAddress(request);
        boolean tells = holdsNothing || (request.wishes().autoConfigure() && forbidsAutoConfiguration(terms));
        return tells ? new Answer.Unaddressed(terms, reason) : new Answer.Silent(reason);
    }

    private static boolean forbidsAutoConfiguration(Terms terms) {
        byte[] value = terms.options().get(AUTO_CONFIGURE);
        return value != null && value.length == 1 && value[0] == DO_NOT_AUTO_CONFIGURE;
    }
}
