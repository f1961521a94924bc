package io.athena.dhcpd.conflict;

import io.athena.dhcpd.core.link.FrameSocketException;
import io.athena.dhcpd.core.link.ProbeSocket;

/** What comes in on a socket, and whether its silence can be believed. */
final class Inlet {

    /** Reads a packet. */
    @FunctionalInterface
    interface Reader {
        void read(byte[] packet, int length);
    }

    private final ProbeSocket socket;
    private final Reader reader;
    private final byte[] packet = new byte[ProbeSocket.MAX_RECEIVED];
    private long lost;
    private boolean closed;
    private int gaps;

    Inlet(ProbeSocket socket, Reader reader) {
        this.socket = socket;
        this.reader = reader;
    }

    boolean isReadable() {
        return !closed && socket.isReadable();
    }

    /** Reads all that waits now. What comes in meanwhile may be left: a flood must not keep the thread for itself. */
    void drain() {
        if (closed) {
            return;
        }
        try {
            for (int i = 0; i < ProbeSocket.MAX_QUEUED; i++) {
                int length = socket.receive(packet);
                if (length == ProbeSocket.NOTHING) {
                    return;
                }
                reader.read(packet, length);
            }
        } catch (FrameSocketException e) {
            // The interface went down, for example: an answer may have been missed.
            gaps++;
        }
    }

    /** Reads all that waits now and looks whether something was lost; silence up to now means what it seems after it. */
    void settle() {
        drain();
        long lostNow = closed ? lost : socket.lost();
        if (lostNow != lost) {
            lost = lostNow;
            gaps++;
        }
    }

    /** How often something that came in may have been missed; while it stays the same, silence is silence. */
    int gaps() {
        return gaps;
    }

    void close() {
        closed = true;
        socket.close();
        gaps++;
    }
}
