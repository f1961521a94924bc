package io.athena.dhcpd.dhcp.listen;

import io.athena.dhcpd.core.link.EthernetFrames.Endpoint;
import io.athena.dhcpd.core.net.Ipv4;
import io.netty.buffer.ByteBuf;

/** A reply on its way to the event loop. */
sealed interface Outgoing {

    ByteBuf payload();

    Ipv4 to();

    /** Through the kernel's UDP. */
    record Datagram(ByteBuf payload, Ipv4 to, int port) implements Outgoing {}

    /** As a frame of its own. */
    record Frame(ByteBuf payload, Endpoint from, Endpoint target) implements Outgoing {
        @Override
        public Ipv4 to() {
            return target.ip();
        }
    }
}
