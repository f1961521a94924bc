package io.athena.dhcpd.dhcp.path;

import io.athena.dhcpd.core.engine.Assignment;
import io.athena.dhcpd.core.event.LeaseFacts;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Pool;
import io.athena.dhcpd.core.subnet.Reservation;
import io.athena.dhcpd.core.subnet.Subnet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts together what an event tells of a client or a lease, and of the subnet, pool and options around it. */
public final class LeaseSurroundings {

    private final Function<Ipv4, @Nullable Link> links;
    private final Supplier<ServerIdentity> identity;

    /**
     * @param links the link of an address, by the topology of the moment; null for none
     * @param identity the addresses that the server goes under at the moment
     */
    public LeaseSurroundings(Function<Ipv4, @Nullable Link> links, Supplier<ServerIdentity> identity) {
        this.links = links;
        this.identity = identity;
    }

    /** What a message says, where there is no lease to tell of. */
    static LeaseFacts of(Exchange exchange, @Nullable Ipv4 address) {
        Link link = exchange.seat().link();
        return facts(exchange, address, subnetOf(link, exchange.request(), address), null, null, OptionSet.EMPTY);
    }

    /** The lease that an offer holds out. */
    static LeaseFacts offer(Exchange exchange, Assignment assignment, long now) {
        long seconds = assignment.leaseSeconds();
        long expiry = seconds == LeaseTimes.FOREVER ? seconds : Math.min(now + seconds, LeaseTimes.FOREVER - 1);
        return facts(
                exchange,
                assignment.address(),
                assignment.subnet().network(),
                LeaseState.OFFERED,
                new LeaseFacts.Times(now, expiry, seconds),
                assignment.terms().options());
    }

    private static LeaseFacts facts(
            Exchange exchange,
            @Nullable Ipv4 address,
            Cidr subnet,
            @Nullable LeaseState state,
            LeaseFacts.@Nullable Times times,
            OptionSet options) {
        ClientRequest request = exchange.request();
        return new LeaseFacts(
                request.key(),
                request.mac(),
                request.clientId(),
                address,
                request.hostname(),
                null,
                subnet,
                address == null ? null : poolOf(exchange.seat().link(), address),
                state,
                times,
                options,
                request.relay(),
                request.vendorClass(),
                exchange.serverId());
    }

    /** Where a client is that asks for an address of elsewhere, or for none: its relay agent's subnet or the first. */
    private static Cidr subnetOf(Link link, ClientRequest request, @Nullable Ipv4 address) {
        Subnet asked = address == null ? null : link.subnetOf(address);
        Subnet relayed = link.subnetOf(request.relay().giaddr());
        Subnet around = asked != null ? asked : relayed;
        return (around != null ? around : link.subnets().get(0)).network();
    }

    /** The pool that a dynamic address is given from; null for a reserved one. */
    static @Nullable AddressRange poolOf(Link link, Ipv4 address) {
        Pool pool = link.reservationAt(address) != null ? null : link.poolOf(address);
        return pool == null ? null : pool.range();
    }

    /** A lease that has ended, with the options and the server identifier that its client would get today. */
    LeaseFacts of(Lease lease, long seconds) {
        Link link = links.apply(lease.ip());
        if (link == null) {
            return LeaseFacts.of(lease, seconds, null, OptionSet.EMPTY, null);
        }
        Ipv4 serverId = identity.get().serverIdAround(link, lease.relay());
        return LeaseFacts.of(lease, seconds, poolOf(link, lease.ip()), options(link, lease), serverId);
    }

    private static OptionSet options(Link link, Lease lease) {
        Reservation reservation = link.reservationAt(lease.ip());
        Pool pool = link.poolOf(lease.ip());
        Subnet subnet = link.subnetOf(lease.ip());
        if (reservation != null) {
            return link.termsOf(reservation, lease).options();
        }
        if (pool != null) {
            return link.termsOf(pool, lease).options();
        }
        return subnet == null ? OptionSet.EMPTY : link.termsOf(subnet, lease).options();
    }
}
