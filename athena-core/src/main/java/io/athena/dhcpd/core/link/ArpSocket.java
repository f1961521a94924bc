package io.athena.dhcpd.core.link;

/** ARP frames to and from one interface; those that it sends itself, and those of foreign VLANs, are not received. */
public interface ArpSocket extends ProbeSocket {

    /**
     * Hands a frame to the kernel. It MUST NOT block: a full queue is an error like any other.
     *
     * @param frame holds the frame from its destination address on
     * @param length bytes of the frame
     * @throws FrameSocketException when the kernel does not take it
     */
    void send(byte[] frame, int length) throws FrameSocketException;
}
