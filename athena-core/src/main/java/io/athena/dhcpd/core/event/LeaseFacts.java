package io.athena.dhcpd.core.event;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.option.OptionSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client and its lease when an event happens; what is not known is null or empty. Arrays are shared,
 * never changed.
 *
 * @param key the identity the client is served under
 * @param mac its hardware address
 * @param clientId option 61 as it came
 * @param ip the address that it has, is offered or asks for
 * @param hostname option 12, cleaned
 * @param fqdn the name put into DNS
 * @param subnet the subnet of the address
 * @param pool the pool of the address
 * @param state what the address is to the client
 * @param times of the lease
 * @param options what is configured for the client
 * @param relay the relay agent and what it said
 * @param vendorClass option 60 as it came
 * @param serverId option 54 of the reply
 */
public record LeaseFacts(
        ClientKey key,
        @Nullable MacAddress mac,
        byte @Nullable [] clientId,
        @Nullable Ipv4 ip,
        @Nullable String hostname,
        @Nullable String fqdn,
        @Nullable Cidr subnet,
        @Nullable AddressRange pool,
        @Nullable LeaseState state,
        @Nullable Times times,
        OptionSet options,
        RelayInfo relay,
        byte @Nullable [] vendorClass,
        @Nullable Ipv4 serverId) {

    /**
     * From when until when, in epoch seconds.
     *
     * @param start when the client got the address
     * @param expiry when the lease ends or ended, {@link Lease#FOREVER} for never
     * @param seconds the lease time that was granted last
     */
    public record Times(long start, long expiry, long seconds) {}

    /** The facts of a lease as its record has them, without what is configured around it. */
    public static LeaseFacts recorded(Lease lease) {
        long seconds = lease.expiry() == Lease.FOREVER ? Lease.FOREVER : lease.expiry() - lease.start();
        return of(lease, seconds, null, OptionSet.EMPTY, null);
    }

    /**
     * The facts of a lease.
     *
     * @param seconds the lease time that was granted
     */
    public static LeaseFacts of(
            Lease lease, long seconds, @Nullable AddressRange pool, OptionSet options, @Nullable Ipv4 serverId) {
        return new LeaseFacts(
                lease.key(),
                lease.mac(),
                lease.clientId(),
                lease.ip(),
                lease.hostname(),
                lease.fqdn(),
                lease.subnet(),
                pool,
                lease.state(),
                new Times(lease.start(), lease.expiry(), seconds),
                options,
                lease.relay(),
                lease.vendorClass(),
                serverId);
    }
}
