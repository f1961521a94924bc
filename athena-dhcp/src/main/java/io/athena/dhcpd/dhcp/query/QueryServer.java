package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.config.LeasequeryConfig;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.path.LinkDirectory;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.DisposableServer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/**
 * Bulk and active leasequery over TCP (RFC 6926, RFC 7724), on a thread of its own. It may fail without taking DHCP
 * along: what is wrong is in the log.
 */
public final class QueryServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueryServer.class);
    private static final Duration BIND_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    /** The port has to be free for what comes after. */
    private static final Duration RELOAD_TIMEOUT = Duration.ofSeconds(10);

    /**
     * What the server is part of.
     *
     * @param access who may ask
     * @param directory the links as they are now
     * @param feed changes of leases
     * @param complete whether no record was lost, as far as this server knows
     * @param meters where to count
     * @param time the clocks
     */
    public record Surroundings(
            QueryAccess access,
            Supplier<LinkDirectory> directory,
            LeaseFeed feed,
            boolean complete,
            Meters meters,
            TimeSource time) {}

    private final Surroundings around;
    private final QueryTimes times;
    private final ConnectionLog log;
    private final ChannelGroup connections = new DefaultChannelGroup("leasequery", GlobalEventExecutor.INSTANCE);
    private @Nullable LoopResources loops;
    private @Nullable DisposableServer server;

    public QueryServer(Surroundings around, QueryTimes times) {
        this.around = around;
        this.times = times;
        this.log = new ConnectionLog(around.time());
        around.meters().gauge(DhcpMeter.LEASEQUERY_CONNECTIONS, connections::size);
    }

    /**
     * Closes what is open and listens as the configuration says; says in the log why it cannot.
     *
     * @param port the server's port, where the configuration names no other
     * @param serverId option 54, or null for the address that the requester connected to
     */
    public synchronized void serve(LeasequeryConfig config, int port, @Nullable Ipv4 serverId) {
        close(RELOAD_TIMEOUT);
        if (!config.isServedOverTcp()) {
            return;
        }
        LeasequeryConfig.Tcp tcp = config.tcp();
        InetSocketAddress local = tcp.listen() == null
                ? new InetSocketAddress("0.0.0.0", port)
                : new InetSocketAddress(tcp.listen().host(), tcp.listen().port());
        try {
            SslContext tls = tcp.tls() == null ? null : QueryTls.of(tcp.tls());
            QueryConnection.Service service = new QueryConnection.Service(
                    around.directory(),
                    around.feed(),
                    around.time(),
                    times,
                    tls,
                    tcp.insecure(),
                    around.complete(),
                    log);
            bind(local, service, tcp.maxConnections(), serverId);
            LOG.info("Leasequery listens on TCP {}:{}", local.getHostString(), local.getPort());
        } catch (IOException e) {
            LOG.error("Leasequery over TCP is not served: {}; correct it and reload", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error(
                    "Leasequery over TCP is not served: cannot listen on {}:{} ({}); stop what has the port (ss -ltnp"
                            + " shows it) or set leasequery.listen, and reload",
                    local.getHostString(),
                    local.getPort(),
                    e.getMessage());
        }
    }

    private void bind(
            InetSocketAddress local, QueryConnection.Service service, int maxConnections, @Nullable Ipv4 serverId) {
        LoopResources own = LoopResources.create("leasequery", 1, true);
        loops = own;
        server = TcpServer.create()
                .runOn(own, true)
                .bindAddress(() -> local)
                .doOnChannelInit((observer, channel, remote) -> accept(channel, service, maxConnections, serverId))
                .bindNow(BIND_TIMEOUT);
    }

    private void accept(Channel channel, QueryConnection.Service service, int maxConnections, @Nullable Ipv4 serverId) {
        Ipv4 peer = address(channel.remoteAddress());
        if (!around.access().permits(peer) || connections.size() >= maxConnections) {
            refuse(channel);
            return;
        }
        connections.add(channel);
        Ipv4 shown = serverId == null ? address(channel.localAddress()) : serverId;
        QueryOutput out = new QueryOutput(channel, shown, around.meters());
        channel.pipeline().addFirst(QueryConnection.NAME, new QueryConnection(service, out));
    }

    private void refuse(Channel channel) {
        around.meters()
                .counter(DhcpMeter.PACKETS_DROPPED, DropReason.LEASEQUERY_REFUSED.tag())
                .increment();
        log.refused(channel.remoteAddress());
        channel.close();
    }

    private static Ipv4 address(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress socket && socket.getAddress() instanceof Inet4Address ip
                ? Ipv4.of(ip.getAddress(), 0)
                : Ipv4.ANY;
    }

    /** The port that is listened on, 0 when none is. */
    public synchronized int port() {
        return server == null ? 0 : server.port();
    }

    /** Closes the port and every connection. */
    @Override
    public synchronized void close() {
        close(CLOSE_TIMEOUT);
    }

    private void close(Duration limit) {
        DisposableServer listening = server;
        server = null;
        if (listening != null) {
            awaitEnd(() -> listening.disposeNow(limit));
        }
        connections.close().awaitUninterruptibly(limit.toMillis());
        LoopResources own = loops;
        loops = null;
        if (own != null) {
            awaitEnd(() -> own.disposeLater(Duration.ZERO, limit).block());
        }
    }

    /** The thread may be busy, or the machine: a reload and the end of the server do not fail for that. */
    private static void awaitEnd(Runnable end) {
        try {
            end.run();
        } catch (IllegalStateException e) {
            LOG.warn("Leasequery over TCP takes its time to close: {}; it is waited for no longer", e.getMessage());
        }
    }
}
