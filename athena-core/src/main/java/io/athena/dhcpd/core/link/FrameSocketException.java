package io.athena.dhcpd.core.link;

import java.io.IOException;

/** A call of the kernel that failed, with its cause and cure in words. */
public final class FrameSocketException extends IOException {

    private final int errno;

    FrameSocketException(String message, int errno) {
        super(message);
        this.errno = errno;
    }

    /** Explains {@code errno} of what was tried. */
    static FrameSocketException of(String what, int errno) {
        String why =
                switch (errno) {
                    case Errno.EPERM, Errno.EACCES ->
                        "not permitted: grant CAP_NET_RAW (AmbientCapabilities in the unit file,"
                                + " setpriv --ambient-caps elsewhere)";
                    case Errno.ENODEV, Errno.ENXIO -> "there is no such interface";
                    case Errno.ENETDOWN -> "the interface is down";
                    case Errno.EMSGSIZE -> "the frame is longer than the interface's MTU";
                    case Errno.EAGAIN, Errno.ENOBUFS -> "the interface's queue is full";
                    case Errno.EAFNOSUPPORT -> "the kernel has no packet sockets (CONFIG_PACKET)";
                    default -> "errno " + errno;
                };
        return new FrameSocketException(what + ": " + why, errno);
    }

    /** Explains {@code errno} of a send, where a privilege cannot be what is missing. */
    static FrameSocketException ofSend(String what, int errno) {
        return switch (errno) {
            case Errno.EPERM, Errno.EACCES ->
                new FrameSocketException(what + ": this machine's firewall or routing forbids it", errno);
            case Errno.ENETUNREACH, Errno.EHOSTUNREACH -> new FrameSocketException(what + ": there is no route", errno);
            default -> of(what, errno);
        };
    }

    /** The kernel's error number, 0 when it was not the kernel that refused. */
    public int errno() {
        return errno;
    }

    /** Whether the next try may succeed with nothing changed. */
    public boolean isQueueFull() {
        return errno == Errno.EAGAIN || errno == Errno.ENOBUFS;
    }

    /** Whether the process lacks the right to open raw sockets. */
    public boolean isPermission() {
        return errno == Errno.EPERM || errno == Errno.EACCES;
    }
}
