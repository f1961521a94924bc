package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.Pool;
import io.athena.dhcpd.core.subnet.Reservation;
import io.athena.dhcpd.core.subnet.Subnet;
import org.jspecify.annotations.Nullable;

/**
 * All that an engine knows of one address.
 *
 * @param address the address
 * @param subnet the subnet of the link that owns it, or null when it is not on the link
 * @param forbidden whether no client may have it: a router's, the server's, network or broadcast
 * @param reservation its reservation, or null
 * @param pool the pool that owns it, or null
 * @param lease its newest record in whatever state, or null
 * @param offer the OFFER it is held for, or null
 * @param conflict its conflict, if that withholds it now, or null
 * @param exclusion what a person took it out of allocation for, or null
 */
public record AddressStanding(
        Ipv4 address,
        @Nullable Subnet subnet,
        boolean forbidden,
        @Nullable Reservation reservation,
        @Nullable Pool pool,
        @Nullable Lease lease,
        @Nullable Offer offer,
        @Nullable Conflict conflict,
        @Nullable Exclusion exclusion) {}
