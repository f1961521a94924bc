package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.time.TimeSource;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log says of connections. Whoever may connect can provoke these lines as often as he likes, so only some of
 * each kind are written a minute.
 */
final class ConnectionLog {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLog.class);
    private static final int LINES_PER_MINUTE = 5;

    private final LogBudget budget;

    ConnectionLog(TimeSource time) {
        this.budget = new LogBudget(time, LINES_PER_MINUTE);
    }

    void refused(@Nullable SocketAddress peer) {
        line("a connection for leasequery was refused: not in leasequery.allow, or too many", peer, null);
    }

    void noTerms(@Nullable SocketAddress peer, Throwable cause) {
        line("a requester of leases came to no terms on TLS", peer, cause);
    }

    void doesNotRead(@Nullable SocketAddress peer) {
        line("a requester of leases does not read; its connection is closed", peer, null);
    }

    void broke(@Nullable SocketAddress peer, Throwable cause) {
        line("a connection for leasequery broke", peer, cause);
        LOG.debug("it broke by", cause);
    }

    private void line(String text, @Nullable SocketAddress peer, @Nullable Throwable cause) {
        long unsaid = budget.permit(text);
        if (unsaid != LogBudget.SILENT) {
            LOG.atInfo()
                    .addKeyValue("peer", peer)
                    .addKeyValue("reason", cause == null ? "none" : String.valueOf(cause.getMessage()))
                    .addKeyValue("not_logged", unsaid)
                    .log(text);
        }
    }
}
