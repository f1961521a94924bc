package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.engine.Answer;
import io.athena.dhcpd.core.engine.LinkRecords;
import io.athena.dhcpd.core.engine.Offer;
import io.athena.dhcpd.core.engine.PoolStanding;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.ClientRequest.RequestKind;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.ClientTraits;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Pool;
import io.athena.dhcpd.core.subnet.Reservation;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What each answer of the server has to keep to, judged by the topology and the records that it shows. */
final class Demands {

    private final SimServer server;

    Demands(SimServer server) {
        this.server = server;
    }

    /** Nobody is offered an address that somebody else is known to use. */
    void unused(ClientRequest request, Ipv4 address) {
        Conflict conflict = records().view().at(address).conflict();
        Lease lease = records().find(address);
        boolean own =
                lease != null && lease.isActive(server.now()) && lease.key().equals(request.key());
        if (conflict != null && !own && !Objects.equals(conflict.responderMac(), request.mac())) {
            throw new AssertionError(address + " goes to " + request.key() + " in spite of " + conflict);
        }
    }

    /** Nobody is given an address that is not for the like of him. */
    void right(SimClient to, ClientRequest request, Ipv4 address) {
        ClientTraits truth = PlacedClient.truth(to, request);
        if (!mayHave(truth, request, address)) {
            throw new AssertionError(address + " goes to " + to + ", which has no right to it");
        }
    }

    /**
     * Where a clock or the records cannot be believed, an address that was another's goes to nobody but for a reservation,
     * and for that only when its client has given it back.
     *
     * @param before the offer that the client had, which may be of a reservation that is gone
     */
    void reuse(SimClient to, ClientRequest request, Answer answer, @Nullable Offer before) {
        Ipv4 address = given(answer);
        Lease record = address == null ? null : records().find(address);
        if (record == null
                || !server.reusesNothing()
                || record.key().equals(request.key())
                || (before != null && before.address().equals(address))) {
            return;
        }
        Reservation reservation = server.link().reservationAt(address);
        boolean reserved = reservation != null && (reservation.names(record) || !mayGoOn(record));
        if (!reserved) {
            throw new AssertionError(address + " goes to " + to + " while nothing is to be reused, after " + record);
        }
    }

    private boolean mayGoOn(Lease record) {
        return record.state() == LeaseState.ACTIVE || (server.isCautious() && record.state() == LeaseState.EXPIRED);
    }

    private static @Nullable Ipv4 given(Answer answer) {
        return answer instanceof Answer.Offered offered
                ? offered.assignment().address()
                : answer instanceof Answer.Committing committing
                        ? committing.assignment().address()
                        : answer instanceof Answer.Granted granted
                                ? granted.assignment().address()
                                : null;
    }

    /** A client that says its kind but once is remembered by what its OFFER was for. */
    void remembered(SimClient client, byte[] kind, Ipv4 address) {
        Lease lease = server.durable(address);
        if (lease != null && !Arrays.equals(kind, lease.vendorClass())) {
            throw new AssertionError(client + " said what it is, and its lease does not: " + lease);
        }
    }

    /** A holder whose place, kind and reservation speak for its address is not sent away, however its message came. */
    void cause(ClientRequest request, Answer.Refused refused) {
        Ipv4 wanted = request.wantedAddress();
        Lease lease = wanted == null ? null : records().find(wanted);
        if (lease == null) {
            belief(request, refused.reason());
            return;
        }
        if (saidOtherwise(request, lease)) {
            return;
        }
        ClientTraits known = PlacedClient.known(request, lease);
        Reservation own = server.link().reservationFor(known);
        if (lease.isActive(server.now())
                && lease.key().equals(request.key())
                && (own == null || own.ip().equals(lease.ip()))
                && mayHave(known, request, lease.ip())
                && !isWithheld(lease.ip())) {
            throw new AssertionError(request.key() + " is refused its " + lease + ": " + refused);
        }
    }

    /** Whether the client said in its DISCOVER that it is of another kind than its lease knows: that is what it is now. */
    private boolean saidOtherwise(ClientRequest request, Lease lease) {
        Offer offer = records().view().offerTo(request.key());
        return offer != null
                && offer.address().equals(lease.ip())
                && request.requestKind() != RequestKind.EXTENDING
                && offer.vendorClass() != null
                && offer.vendorClass().length > 0
                && !Arrays.equals(offer.vendorClass(), lease.vendorClass());
    }

    /** Where records were lost, who says that he has a free address that he may have is believed. */
    void belief(ClientRequest request, DropReason reason) {
        Ipv4 wanted = request.wantedAddress();
        if (wanted != null
                && server.isCautious()
                && records().find(wanted) == null
                && request.requestKind() != RequestKind.SELECTING
                && server.link().reservationFor(request) == null
                && mayHave(request, request, wanted)
                && records().view().at(wanted).offer() == null
                && !isWithheld(wanted)) {
            throw new AssertionError(request.key() + " is not believed that it has " + wanted + ": " + reason);
        }
    }

    /** Nobody goes without an address while there is one for him; a flood changes nothing for who has one. */
    void served(ClientRequest request, Answer answer) {
        DropReason reason = answer instanceof Answer.Silent silent
                ? silent.reason()
                : answer instanceof Answer.Unaddressed without
                                && !request.wishes().ipv6Only()
                        ? without.reason()
                        : DropReason.LEASE_NOT_WRITTEN;
        if (reason == DropReason.LEASE_NOT_WRITTEN || reason == DropReason.TOO_MANY_WAITING) {
            return;
        }
        Lease own = ownLease(request);
        if (own != null && mayHave(request, request, own.ip())) {
            throw new AssertionError(request.key() + " hears nothing and has " + own);
        }
        for (PoolStanding pool : records().view().poolsFor(request)) {
            int left = server.reusesNothing() ? pool.neverUsed() : pool.free();
            if (pool.admits() && left > 0) {
                throw new AssertionError(
                        request.key() + " hears nothing (" + reason + ") and " + pool + " has " + left);
            }
        }
    }

    /** RFC 2131 section 4.3.1: the client's current address comes first. */
    void sameAgain(ClientRequest request, Answer answer) {
        Lease own = ownLease(request);
        if (answer instanceof Answer.Offered offered
                && own != null
                && server.link().reservationFor(request) == null
                && mayHave(request, request, own.ip())
                && !offered.assignment().address().equals(own.ip())) {
            throw new AssertionError(
                    request.key() + " is offered " + offered.assignment().address() + " and has " + own);
        }
    }

    private @Nullable Lease ownLease(ClientRequest request) {
        Lease own = records().find(request.key());
        return own != null && own.isActive(server.now()) && !isWithheld(own.ip()) ? own : null;
    }

    private boolean isWithheld(Ipv4 address) {
        return server.audit().isWithheld(address);
    }

    private boolean mayHave(ClientTraits client, ClientRequest request, Ipv4 address) {
        Link link = server.link();
        Reservation reservation = link.reservationAt(address);
        Pool pool = link.poolOf(address);
        return !link.isForbidden(address)
                && (reservation != null
                        ? reservation.matches(client)
                        : pool != null
                                && pool.admits(client)
                                && (request.type() != MessageType.BOOTP || pool.servesBootp()));
    }

    private LinkRecords records() {
        return server.engine().records();
    }
}
