package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
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
     * @param poolStart first address of the pool, or null for a reservation
     */
    record Place(Subnet subnet, Terms terms, @Nullable Ipv4 poolStart) {}

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

    /** On what terms this client may have an address, or null when it may not. */
    @Nullable
    Place placeFor(Ipv4 address, ClientRequest request) {
        if (link.isForbidden(address)) {
            return null;
        }
        Reservation reservation = link.reservationAt(address);
        if (reservation != null) {
            return reservation.matches(request.mac(), request.clientId())
                    ? new Place(reservation.subnet(), reservation.terms(), null)
                    : null;
        }
        Pool pool = link.poolOf(address);
        return pool != null && admits(pool, request)
                ? new Place(pool.subnet(), pool.terms(), pool.range().first())
                : null;
    }

    /** Whether a client may be given addresses of a pool. */
    boolean admits(Pool pool, ClientRequest request) {
        return pool.isOpen() && (request.type() != MessageType.BOOTP || pool.servesBootp());
    }

    /**
     * The client's reservation, when its address can be had: not withheld, and not leased to somebody whom the
     * reservation does not name (a lease that is older than the reservation keeps its address until it ends).
     */
    @Nullable
    Reservation usableReservation(ClientRequest request, EngineSettings settings, long now) {
        Reservation reservation = link.reservationFor(request.mac(), request.clientId());
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
        // A clock that cannot be believed does not end the lease of somebody else.
        boolean binds = settings.expirySuspended() ? table.isBound(slot) : table.isActive(slot, now);
        boolean others = binds && !table.isHeldBy(slot, request.key());
        return others && !names(reservation, slot) ? null : reservation;
    }

    private boolean names(Reservation reservation, int slot) {
        byte[] image = table.imageOf(slot);
        if (image == null) {
            return false;
        }
        Lease holder = Images.lease(image);
        return reservation.matches(holder.mac(), holder.clientId());
    }
}
