package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.engine.LeaseTrait;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a query is about: one thing alone (RFC 4388 section 6.2, RFC 6926 section 7.2). */
sealed interface QueryKey {

    /** One address. */
    record ByAddress(Ipv4 address) implements QueryKey {}

    /** The leases of one client, or of one relay agent's remote id. */
    record ByTrait(LeaseTrait trait) implements QueryKey {}

    /** The leases that came through the relay agent that calls itself so (RFC 6925). */
    record ByRelayId(byte[] id) implements QueryKey {}

    /** Every address that is configured. */
    record Everything() implements QueryKey {}

    /**
     * The key of a DHCPLEASEQUERY, or null when it has none or several. Option 82 counts only where it is all there is
     * (RFC 6148 section 4).
     */
    static @Nullable QueryKey ofDatagram(DhcpPacket query) {
        List<QueryKey> keys = ofClient(query);
        if (!query.ciaddr().isAny()) {
            keys.add(new ByAddress(query.ciaddr()));
        }
        byte[] remoteId = RelayIds.remoteId(query.options().get(82));
        if (keys.isEmpty() && remoteId != null) {
            return new ByTrait(new LeaseTrait.RemoteId(remoteId));
        }
        return keys.size() == 1 ? keys.get(0) : null;
    }

    /** The key of a DHCPBULKLEASEQUERY, or null when it has several. */
    static @Nullable QueryKey ofBulk(DhcpPacket query) {
        List<QueryKey> keys = ofClient(query);
        byte[] option82 = query.options().get(82);
        byte[] remoteId = RelayIds.remoteId(option82);
        if (remoteId != null) {
            keys.add(new ByTrait(new LeaseTrait.RemoteId(remoteId)));
        }
        byte[] relayId = RelayIds.relayId(option82);
        if (relayId != null) {
            keys.add(new ByRelayId(relayId));
        }
        if (keys.isEmpty()) {
            return new Everything();
        }
        return keys.size() == 1 ? keys.get(0) : null;
    }

    private static List<QueryKey> ofClient(DhcpPacket query) {
        List<QueryKey> keys = new ArrayList<>();
        MacAddress mac = query.chaddr();
        if (mac != null && !mac.isZero()) {
            keys.add(new ByTrait(new LeaseTrait.Hardware(mac)));
        }
        byte[] clientId = query.clientId();
        if (clientId != null) {
            keys.add(new ByTrait(new LeaseTrait.ClientIdentifier(clientId)));
        }
        return keys;
    }
}
