package io.athena.dhcpd.core.link;

/**
 * The receiving side of a socket that probes use. Implementations MAY keep native memory between calls, so callers MUST
 * use a socket from one thread, that of its {@link ProbeSockets}, and MUST close it.
 */
public interface ProbeSocket extends AutoCloseable {

    /** The most that {@link #receive} gives of a packet, in bytes; the rest is of no interest to probes. */
    int MAX_RECEIVED = 128;

    /** What {@link #receive} gives when nothing waits. */
    int NOTHING = -1;

    /** More packets than the kernel can keep for a socket; who has read so many has read all that waited at first. */
    int MAX_QUEUED = 32_768;

    /** Whether the last {@link ProbeSockets#await} saw something to receive. */
    boolean isReadable();

    /**
     * Takes the packet that waited longest. It MUST NOT block.
     *
     * @param into takes {@link #MAX_RECEIVED} bytes
     * @return the bytes received, or {@link #NOTHING}
     * @throws FrameSocketException when the kernel reports that something befell the socket, for example that its
     *     interface went down; what was sent since may have been missed
     */
    int receive(byte[] into) throws FrameSocketException;

    /** How many packets the kernel threw away since the socket was opened, because it was not read in time. */
    long lost();

    /** Gives the descriptor back; a second call does nothing. */
    @Override
    void close();
}
