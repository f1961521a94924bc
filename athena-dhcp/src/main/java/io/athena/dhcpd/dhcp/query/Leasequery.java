package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.LeasequeryConfig;
import io.athena.dhcpd.core.engine.LeaseObserver;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.path.LeaseQueries;
import io.athena.dhcpd.dhcp.path.LinkDirectory;
import io.athena.dhcpd.dhcp.path.PathLog;
import io.athena.dhcpd.dhcp.reply.ReplySender;
import java.util.function.Supplier;

/** Leasequery in all its forms, as the service sees it: started, reloaded and closed as one. */
public final class Leasequery implements AutoCloseable {

    private final int port;
    private final QueryAccess access;
    private final LeaseFeed feed = new LeaseFeed();
    private final DatagramQueries datagrams;
    private final QueryServer server;
    private LeasequeryConfig served = LeasequeryConfig.OFF;

    /**
     * Leasequery that is yet to be started.
     *
     * @param config the configuration of the start, whose port stays
     * @param directory the links as they are now
     * @param complete whether no record was lost, as far as this server knows
     * @param sender how answers to datagrams leave
     * @param log where unanswered datagrams are counted
     */
    public Leasequery(
            AthenaConfig config,
            Supplier<LinkDirectory> directory,
            boolean complete,
            ReplySender sender,
            PathLog log,
            Meters meters,
            TimeSource time) {
        this.port = config.server().port();
        this.access = new QueryAccess(config.leasequery());
        this.datagrams = new DatagramQueries(access, sender, log, time);
        QueryServer.Surroundings around = new QueryServer.Surroundings(access, directory, feed, complete, meters, time);
        this.server = new QueryServer(around, QueryTimes.STANDARD);
    }

    /** What answers DHCPLEASEQUERY. */
    public LeaseQueries datagrams() {
        return datagrams;
    }

    /** What has to hear of changes of leases. */
    public LeaseObserver observer() {
        return feed;
    }

    /**
     * Serves as the configuration says from now on. Connections end when anything of it changed, and whenever there is
     * TLS: its files are read again.
     */
    public synchronized void serve(AthenaConfig config) {
        LeasequeryConfig wanted = config.leasequery();
        access.change(wanted);
        if (!wanted.equals(served) || wanted.tcp().tls() != null) {
            served = wanted;
            server.serve(wanted, port, config.server().serverId());
        }
    }

    @Override
    public synchronized void close() {
        served = LeasequeryConfig.OFF;
        server.close();
    }
}
