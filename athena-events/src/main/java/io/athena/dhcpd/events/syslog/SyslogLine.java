package io.athena.dhcpd.events.syslog;

import java.io.IOException;
import java.util.List;

/**
 * A way to a syslog server. {@link #send} is for one thread; {@link #close} may come from any and ends a send that hangs.
 */
interface SyslogLine extends AutoCloseable {

    /**
     * Sends messages, and waits for a moment for a sign that nobody takes them. There is none that somebody does: the
     * protocols have no acknowledgement.
     *
     * @throws IOException when some of them may be lost
     */
    void send(List<byte[]> messages) throws IOException;

    @Override
    void close();
}
