package io.athena.dhcpd.core.link;

/**
 * Sends whole Ethernet frames out of one interface, past the kernel's IP stack and its ARP. Implementations MAY keep
 * native memory between sends, so callers MUST use a socket from one thread at a time, closing included. A socket
 * receives nothing.
 */
public interface FrameSocket extends AutoCloseable {

    /** The longest frame that {@link #send} takes, in bytes. */
    int MAX_FRAME = 2048;

    /**
     * Hands a frame to the kernel. It MUST NOT block: a full queue is an error like any other, and the caller MAY send
     * the next frame after an error.
     *
     * @param frame holds the frame from its destination address on, without the checksum that the hardware adds
     * @param length bytes of the frame, from the array's start
     * @throws FrameSocketException when the kernel does not take it
     */
    void send(byte[] frame, int length) throws FrameSocketException;

    /** Gives the descriptor back; a second call does nothing. */
    @Override
    void close();
}
