package io.athena.dhcpd.core.lease;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.subnet.ClientTraits;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import org.jspecify.annotations.Nullable;

/**
 * One binding of an address to a client, as it is stored, listed and replicated. Times are epoch seconds,
 * {@link #FOREVER} for no end. Arrays are shared, never changed.
 *
 * @param ip the address
 * @param state what the address is to the client
 * @param key the identity that holds it
 * @param mac hardware address, or null when the client has none (RFC 4390)
 * @param clientId option 61 as it came, or null
 * @param hostname option 12, cleaned, or null
 * @param fqdn the name put into DNS, or null
 * @param start when the client first got the address without a break
 * @param expiry when the lease ends, or ended
 * @param subnet the subnet it was given from
 * @param poolStart first address of its pool, or null for a reservation
 * @param giaddr the relay's address, {@link Ipv4#ANY} when heard directly
 * @param option82 relay agent information as it came, or null
 * @param circuitId option 82 sub-option 1, or null
 * @param remoteId option 82 sub-option 2, or null
 * @param vendorClass option 60 as it came, or null
 * @param lastTransaction when the client was last heard about it (RFC 4388 section 6.1)
 * @param lastUpdated when this record was made
 * @param nameDecision what the name policy decided, opaque to the engine, or null
 * @param proof how the client last showed who it is (RFC 3118), or null when it got the lease without
 */
public record Lease(
        Ipv4 ip,
        LeaseState state,
        ClientKey key,
        @Nullable MacAddress mac,
        byte @Nullable [] clientId,
        @Nullable String hostname,
        @Nullable String fqdn,
        long start,
        long expiry,
        Cidr subnet,
        @Nullable Ipv4 poolStart,
        Ipv4 giaddr,
        byte @Nullable [] option82,
        byte @Nullable [] circuitId,
        byte @Nullable [] remoteId,
        byte @Nullable [] vendorClass,
        long lastTransaction,
        long lastUpdated,
        byte @Nullable [] nameDecision,
        @Nullable Proof proof)
        implements ClientTraits {

    /** The lease time and expiry that never end (RFC 2131 section 3.3). */
    public static final long FOREVER = LeaseTimes.FOREVER;

    /** A lease that was given without proof. */
    public Lease(
            Ipv4 ip,
            LeaseState state,
            ClientKey key,
            @Nullable MacAddress mac,
            byte @Nullable [] clientId,
            @Nullable String hostname,
            @Nullable String fqdn,
            long start,
            long expiry,
            Cidr subnet,
            @Nullable Ipv4 poolStart,
            Ipv4 giaddr,
            byte @Nullable [] option82,
            byte @Nullable [] circuitId,
            byte @Nullable [] remoteId,
            byte @Nullable [] vendorClass,
            long lastTransaction,
            long lastUpdated,
            byte @Nullable [] nameDecision) {
        this(
                ip,
                state,
                key,
                mac,
                clientId,
                hostname,
                fqdn,
                start,
                expiry,
                subnet,
                poolStart,
                giaddr,
                option82,
                circuitId,
                remoteId,
                vendorClass,
                lastTransaction,
                lastUpdated,
                nameDecision,
                null);
    }

    /** Whether the lease binds the address at {@code now}. */
    public boolean isActive(long now) {
        return state == LeaseState.ACTIVE && (expiry == FOREVER || expiry > now);
    }

    /** This lease ended in the given way; key and names stay for affinity and for those who clean up. */
    public Lease ended(LeaseState how, long now) {
        return new Lease(
                ip,
                how,
                key,
                mac,
                clientId,
                hostname,
                fqdn,
                start,
                Math.min(expiry, now),
                subnet,
                poolStart,
                giaddr,
                option82,
                circuitId,
                remoteId,
                vendorClass,
                lastTransaction,
                now,
                nameDecision,
                proof);
    }

    /** This lease with another end. */
    public Lease until(long end) {
        return new Lease(
                ip,
                state,
                key,
                mac,
                clientId,
                hostname,
                fqdn,
                start,
                end,
                subnet,
                poolStart,
                giaddr,
                option82,
                circuitId,
                remoteId,
                vendorClass,
                lastTransaction,
                lastUpdated,
                nameDecision,
                proof);
    }

    @Override
    public byte @Nullable [] subscriberId() {
        return relay().subscriberId();
    }

    @Override
    public byte @Nullable [] relayId() {
        return relay().relayId();
    }

    /** What was remembered of the relay, for renewals that come by unicast without option 82. */
    public RelayInfo relay() {
        return new RelayInfo(giaddr, option82, circuitId, remoteId, null, null, 67);
    }
}
