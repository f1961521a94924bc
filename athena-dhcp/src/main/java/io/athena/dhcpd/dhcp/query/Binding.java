package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Pool;
import io.athena.dhcpd.core.subnet.Reservation;
import io.athena.dhcpd.core.subnet.Subnet;
import io.athena.dhcpd.core.subnet.Terms;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say about an address at one moment.
 *
 * @param address the address
 * @param state its state
 * @param since epoch seconds at which the state began, 0 when it always was so
 * @param lease its record, or null when it never had a lease
 * @param terms what goes with it by the configuration, or null when that has no place for it
 */
record Binding(
        Ipv4 address,
        BindingState state,
        long since,
        @Nullable Lease lease,
        @Nullable Terms terms) {

    /** The binding that a record tells of. */
    static Binding of(Lease lease, Link link, long now) {
        BindingState state = BindingState.of(lease, now);
        return new Binding(lease.ip(), state, since(lease, state), lease, terms(lease, link));
    }

    /** An address that is configured and never had a lease. */
    static Binding unused(Ipv4 address) {
        return new Binding(address, BindingState.AVAILABLE, 0, null, null);
    }

    boolean isActive() {
        return state == BindingState.ACTIVE;
    }

    /** When the requester's picture of it last became outdated. */
    long changed() {
        return lease == null ? since : Math.max(since, lease.lastUpdated());
    }

    private static long since(Lease lease, BindingState state) {
        if (state == BindingState.ACTIVE) {
            return lease.start();
        }
        // A lease whose time is over but that was not reaped yet ended at its expiry.
        return lease.state() == LeaseState.ACTIVE ? lease.expiry() : lease.lastUpdated();
    }

    private static @Nullable Terms terms(Lease lease, Link link) {
        Reservation reservation = link.reservationAt(lease.ip());
        if (reservation != null && reservation.matches(lease)) {
            return link.termsOf(reservation, lease);
        }
        Pool pool = link.poolOf(lease.ip());
        if (pool != null) {
            return link.termsOf(pool, lease);
        }
        Subnet subnet = link.subnetOf(lease.ip());
        return subnet == null ? null : link.termsOf(subnet, lease);
    }
}
