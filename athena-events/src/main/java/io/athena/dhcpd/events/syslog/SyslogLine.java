package io.athena.dhcpd.events.syslog;

import java.io.IOException;
import java.util.List;

/** A way to a syslog server, for one thread. */
interface SyslogLine extends AutoCloseable {

    /**
     * Sends messages, and waits for a moment for a sign that nobody takes them. There is none that somebody does: the
     * protocols have no acknowledgement.
     *
     * @throws IOException when some of them may be lost
     */
    void send(List<byte[]> messages) throws IOException;

    /** Ends a send that hangs; any thread may call it. */
    void abort();

    @Override
    void close();
}
