package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.ClientRequest.RequestKind;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.ClientTraits;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Pool;
import io.athena.dhcpd.core.subnet.Reservation;
import io.athena.dhcpd.core.subnet.Subnet;
import io.athena.dhcpd.core.subnet.Terms;
import org.jspecify.annotations.Nullable;

/** What the topology lets a client have, whatever the state of the address. */
final class Rights {

    /**
     * Where an address comes from.
     *
     * @param reservation what the address is reserved by, or null
     * @param poolStart first address of the pool, or null for a reservation
     */
    record Place(
            Subnet subnet,
            @Nullable Reservation reservation,
            Terms terms,
            @Nullable Ipv4 poolStart) {

        Assignment assign(Ipv4 address, long seconds) {
            return new Assignment(address, subnet, reservation, terms, seconds);
        }
    }

    /** Longer ones are no vendor class that anybody has seen. */
    private static final int LONGEST_VENDOR_CLASS = 255;

    private static final byte[] NOTHING_SAID = {};

    private final LeaseTable table;
    private Link link;

    Rights(Link link, LeaseTable table) {
        this.link = link;
        this.table = table;
    }

    void retopology(Link newLink) {
        this.link = newLink;
    }

    Link link() {
        return link;
    }

    /**
     * What is known of the sender of a DHCPREQUEST: what the message says, and where it says nothing, what the lease
     * that it is about remembers, or the offer that it answers. A renewal by unicast passes no relay agent, and many a
     * client names its kind in the DHCPDISCOVER only. What neither remembers counts as said.
     */
    ClientTraits sender(ClientRequest request, Ipv4 wanted, @Nullable Offer offer, long now) {
        if (!link.isSelective()) {
            return request;
        }
        boolean selecting = offer != null && request.requestKind() != RequestKind.EXTENDING;
        if (selecting && offer.vendorClass() != null) {
            return KnownClient.selecting(request, offer);
        }
        int slot = table.slotOf(wanted);
        byte[] held = slot >= 0 && table.isActive(slot, now) && table.isHeldBy(slot, request.key())
                ? table.imageOf(slot)
                : null;
        if (held == null) {
            // The offer may be older than the reload that lets the link ask for a vendor class; then it knows none.
            return selecting ? KnownClient.selecting(request, offer) : request;
        }
        return request.requestKind() == RequestKind.EXTENDING
                ? KnownClient.extending(request, Images.lease(held))
                : KnownClient.returning(request, Images.lease(held));
    }

    /** Option 60 of a DHCPDISCOVER as far as its offer has to remember it; an invented one costs no more than this. */
    byte @Nullable [] saidWith(ClientRequest discover) {
        if (!link.isSelective()) {
            return null;
        }
        byte[] vendorClass = discover.vendorClass();
        return vendorClass == null || vendorClass.length > LONGEST_VENDOR_CLASS ? NOTHING_SAID : vendorClass;
    }

    /** What a client is told that gets no address: the terms of the link's first subnet. */
    Terms termsWithoutAddress(ClientRequest request) {
        return link.termsOf(link.subnets().get(0), request);
    }

    /** On what terms this client may have an address, or null when it may not. */
    @Nullable
    Place placeFor(Ipv4 address, ClientRequest request) {
        return placeFor(address, request, request);
    }

    /** The same for a client of whom more is known than its message says. */
    @Nullable
    Place placeFor(Ipv4 address, ClientRequest request, ClientTraits client) {
        if (link.isForbidden(address)) {
            return null;
        }
        Reservation reservation = link.reservationAt(address);
        if (reservation != null) {
            return reservation.matches(client)
                    ? new Place(
                            reservation.subnet(),
                            reservation,
                            link.termsOf(reservation, KnownClient.asSaid(client)),
                            null)
                    : null;
        }
        Pool pool = link.poolOf(address);
        return pool != null && pool.admits(client) && serves(pool, request)
                ? new Place(
                        pool.subnet(),
                        null,
                        link.termsOf(pool, KnownClient.asSaid(client)),
                        pool.range().first())
                : null;
    }

    /** Whether a client may have an address, without working out on what terms. */
    boolean permits(Ipv4 address, ClientRequest request) {
        if (link.isForbidden(address)) {
            return false;
        }
        Reservation reservation = link.reservationAt(address);
        if (reservation != null) {
            return reservation.matches(request);
        }
        Pool pool = link.poolOf(address);
        return pool != null && admits(pool, request);
    }

    /** Whether a client may be given addresses of a pool. */
    boolean admits(Pool pool, ClientRequest request) {
        return serves(pool, request) && pool.admits(request);
    }

    private static boolean serves(Pool pool, ClientRequest request) {
        return request.type() != MessageType.BOOTP || pool.servesBootp();
    }

    /** Why there is no address for a client: whether those that it may have are taken, or there is none for its like. */
    DropReason whyNone(ClientRequest request) {
        for (Pool pool : link.pools()) {
            if (admits(pool, request)) {
                return DropReason.NO_FREE_ADDRESS;
            }
        }
        return DropReason.NO_MATCHING_POOL;
    }

    /**
     * The client's reservation, when its address can be had: not withheld, and not leased to somebody whom the
     * reservation does not name (a lease that is older than the reservation keeps its address until it ends).
     */
    @Nullable
    Reservation usableReservation(ClientRequest request, EngineSettings settings, long now) {
        return usable(link.reservationFor(request), request, settings, now);
    }

    /** The same for the sender of a DHCPREQUEST, who keeps the one that it has because of what it said before. */
    @Nullable
    Reservation usableReservation(
            ClientRequest request, ClientTraits client, Ipv4 wanted, EngineSettings settings, long now) {
        Reservation reservation = link.reservationFor(client);
        boolean another = reservation != null && !reservation.ip().equals(wanted);
        return usable(another ? link.reservationFor(KnownClient.asSaid(client)) : reservation, request, settings, now);
    }

    private @Nullable Reservation usable(
            @Nullable Reservation reservation, ClientRequest request, EngineSettings settings, long now) {
        if (reservation == null || link.isForbidden(reservation.ip())) {
            return null;
        }
        int slot = table.slotOf(reservation.ip());
        if (slot < 0) {
            return reservation;
        }
        if (table.isWithheld(slot)) {
            return null;
        }
        boolean others = mayBind(slot, settings, now) && !table.isHeldBy(slot, request.key());
        return others && !names(reservation, slot) ? null : reservation;
    }

    /**
     * Whether a record binds its address, or may do so still: a clock that cannot be believed ends nobody's lease, and
     * where records are missing, one may have been a renewal. Who gave his address back said so himself.
     */
    boolean mayBind(int slot, EngineSettings settings, long now) {
        return table.isActive(slot, now)
                || (!settings.mayReuse(now) && table.isBound(slot))
                || (settings.cautious(now) && table.hasExpired(slot));
    }

    private boolean names(Reservation reservation, int slot) {
        byte[] image = table.imageOf(slot);
        if (image == null) {
            return false;
        }
        return reservation.names(Images.lease(image));
    }
}
