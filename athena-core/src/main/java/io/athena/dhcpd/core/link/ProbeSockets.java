package io.athena.dhcpd.core.link;

/**
 * The sockets that probes use, and the wait for all of them together. One thread MUST own them; only {@link #wake} may be
 * called from any other.
 */
public interface ProbeSockets extends AutoCloseable {

    /**
     * Opens one socket of each kind and closes it again; any thread may try.
     *
     * @throws FrameSocketException when this process cannot have them; its message names the cure
     */
    void verify() throws FrameSocketException;

    /**
     * A socket for ARP on one interface.
     *
     * @param interfaceName its name, for messages
     * @param interfaceIndex the kernel's number for it
     * @throws FrameSocketException when the interface does not exist or the privilege is missing
     */
    ArpSocket openArp(String interfaceName, int interfaceIndex) throws FrameSocketException;

    /** A socket for ICMP echo. @throws FrameSocketException when the privilege is missing */
    EchoSocket openEcho() throws FrameSocketException;

    /**
     * Sleeps until an open socket can be read, {@link #wake} is called (now or since the last sleep) or the time is over;
     * it MAY return early.
     *
     * @param nanos how long at most; 0 only looks
     */
    void await(long nanos);

    /** Ends the sleep of the owner, or its next one; does nothing once all is closed. */
    void wake();

    /** Gives back what the waiting needs; sockets that are open MUST be closed before. A second call does nothing. */
    @Override
    void close();
}
