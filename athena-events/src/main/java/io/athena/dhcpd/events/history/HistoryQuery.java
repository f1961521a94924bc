package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for.
 *
 * @param ip of this address, or null for all
 * @param mac of this hardware address, or null for all
 * @param clientId of this option 61, or null for all
 * @param since not before, epoch seconds
 * @param until not after, epoch seconds
 */
public record HistoryQuery(
        @Nullable Ipv4 ip, @Nullable MacAddress mac, byte @Nullable [] clientId, long since, long until) {

    boolean passes(HistoryEntry entry) {
        Lease lease = entry.lease();
        return entry.time() >= since
                && (mac == null || mac.equals(lease.mac()))
                && (clientId == null || Arrays.equals(clientId, lease.clientId()));
    }
}
