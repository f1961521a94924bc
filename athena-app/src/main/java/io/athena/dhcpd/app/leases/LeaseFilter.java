package io.athena.dhcpd.app.leases;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which leases to show; null or empty members let everything pass.
 *
 * @param ip this address only
 * @param subnet addresses within this prefix
 * @param mac this hardware address
 * @param clientId this client identifier
 * @param hostname leases whose host name or DNS name contains this text, in any case
 * @param states one of these
 */
record LeaseFilter(
        @Nullable Ipv4 ip,
        @Nullable Cidr subnet,
        @Nullable MacAddress mac,
        byte @Nullable [] clientId,
        @Nullable String hostname,
        List<LeaseState> states) {

    boolean passes(Lease lease) {
        return (ip == null || ip.equals(lease.ip()))
                && (subnet == null || subnet.contains(lease.ip()))
                && (mac == null || mac.equals(lease.mac()))
                && (clientId == null || Arrays.equals(clientId, lease.clientId()))
                && (hostname == null || contains(lease.hostname(), hostname) || contains(lease.fqdn(), hostname))
                && (states.isEmpty() || states.contains(lease.state()));
    }

    private static boolean contains(@Nullable String name, String part) {
        return name != null && name.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
