package io.athena.dhcpd.core.link;

import io.athena.dhcpd.core.net.Ipv4;

/** ICMP to anywhere; only echo replies are received, each with its IP header. */
public interface EchoSocket extends ProbeSocket {

    /**
     * Hands a message to the kernel, which routes it. It MUST NOT block: a full queue is an error like any other.
     *
     * @param message holds the message from its ICMP header on, with its checksum
     * @param length bytes of the message
     * @throws FrameSocketException when the kernel does not take it, for example because there is no route
     */
    void send(Ipv4 to, byte[] message, int length) throws FrameSocketException;
}
