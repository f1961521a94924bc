package io.athena.dhcpd.dhcp.listen;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;

/** Takes the packets that a listener decoded. */
@FunctionalInterface
public interface PacketHandler {

    /**
     * Called on the event loop, for one packet at a time; MUST NOT block.
     *
     * @param packet what came
     * @param source the sender's IP address, 0.0.0.0 for a client that has none
     * @param sourcePort the sender's UDP port
     * @param on the interface it came by, which the reply leaves by
     */
    void received(DhcpPacket packet, Ipv4 source, int sourcePort, ServedInterface on);
}
