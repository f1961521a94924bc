package io.athena.dhcpd.core.link;

/** Opens frame sockets. */
@FunctionalInterface
public interface FrameSockets {

    /**
     * A socket on the interface of this name, to be closed by the caller.
     *
     * @throws FrameSocketException when the interface does not exist or the privilege is missing; its message names the
     *     cure
     */
    FrameSocket open(String interfaceName) throws FrameSocketException;
}
