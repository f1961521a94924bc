package io.athena.dhcpd.dhcp.listen;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import org.jspecify.annotations.Nullable;

/** Takes the replies of an interface that is only imagined. */
@FunctionalInterface
public interface ReplyTap {

    /**
     * A reply would leave.
     *
     * @param datagram the DHCP message
     * @param to its IP destination
     * @param port its UDP port
     * @param frameTo the hardware address of a frame that is sent without ARP; null for a plain datagram
     */
    void left(byte[] datagram, Ipv4 to, int port, @Nullable MacAddress frameTo);
}
