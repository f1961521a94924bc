package io.athena.dhcpd.dhcp.path;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.dhcp.listen.ServedInterface;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;

/**
 * Answers DHCPLEASEQUERY (RFC 4388): it comes from no client and belongs to no link. Called on the event loop; MUST NOT
 * block.
 */
@FunctionalInterface
public interface LeaseQueries {

    /**
     * Takes a query that has passed the gate, and answers it sooner or later or never.
     *
     * @param relay where the answer goes
     * @param source IP address it came from
     * @param on the interface it came by
     * @param serving what is served at the moment
     */
    void received(DhcpPacket query, RelayInfo relay, Ipv4 source, ServedInterface on, Serving serving);
}
