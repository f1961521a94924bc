package io.athena.dhcpd.dhcp.reply;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.netty.buffer.ByteBuf;

/**
 * Where replies leave an interface. Calls may come from any thread and MUST NOT block; what cannot be sent is counted
 * and logged behind this port. Whoever is given a payload releases it.
 */
public interface Outlet {

    /** Sends a datagram; {@link Ipv4#BROADCAST} reaches everybody on the interface's link. */
    void sendDatagram(ByteBuf payload, Ipv4 to, int port);

    /**
     * Sends a datagram in a frame to a hardware address, without ARP. It gives false, and leaves the payload to the
     * caller, when frames of this size cannot be sent here; it MUST say so in the log, once.
     */
    boolean sendFrame(ByteBuf payload, MacAddress toMac, Ipv4 to, int port);
}
