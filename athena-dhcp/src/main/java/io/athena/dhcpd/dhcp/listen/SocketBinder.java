package io.athena.dhcpd.dhcp.listen;

import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.resources.LoopResources;
import reactor.netty.udp.UdpServer;

/** Makes the UDP sockets, all on one event loop: bound to their device on epoll, without one elsewhere. */
final class SocketBinder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SocketBinder.class);

    /** One byte more than is looked at, so that a longer datagram shows. */
    private static final int DATAGRAM_SIZE = PacketDecoder.MAX_MESSAGE + 1;

    private static final int DATAGRAMS_PER_READ = 16;

    /** Replies that wait for the kernel, in bytes: beyond the second they are dropped, below the first taken again. */
    private static final WriteBufferWaterMark WAITING_REPLIES = new WriteBufferWaterMark(1 << 20, 2 << 20);

    private static final Duration BIND_TIMEOUT = Duration.ofSeconds(10);

    private final int port;
    private final boolean epoll;
    private final LoopResources loops = LoopResources.create("dhcp", 1, true);

    SocketBinder(int port, boolean preferEpoll) {
        this.port = port;
        this.epoll = preferEpoll && Epoll.isAvailable();
    }

    /** Whether sockets can be bound to a device, so that each interface has its own. */
    boolean bindsToDevices() {
        return epoll;
    }

    /**
     * A socket that hears one interface, and passes what it receives to {@code inlet} once the caller has switched
     * reading on: Reactor Netty itself reads when a subscriber asks, and here nobody subscribes.
     *
     * @param mayHearAll whether to go on without a device when the process lacks the right to bind to one
     */
    Channel bind(String interfaceName, boolean loopback, boolean mayHearAll, ChannelInboundHandler inlet)
            throws ListenException {
        if (!epoll) {
            return bindWithoutDevice(interfaceName, loopback, inlet);
        }
        SocketSetup setup = new SocketSetup(interfaceName, inlet);
        try {
            return bind("0.0.0.0", setup);
        } catch (RuntimeException e) {
            Throwable refused = setup.deviceFailure();
            if (refused == null) {
                throw explained(interfaceName, setup, e);
            }
            String problem = "cannot bind to the device " + interfaceName + ": " + refused.getMessage();
            if (!isPermission(String.valueOf(refused.getMessage()))) {
                throw new ListenException(problem, refused);
            }
            problem += "; grant CAP_NET_RAW, as the unit file does";
            if (!mayHearAll) {
                throw new ListenException(problem, refused);
            }
            log.warn("{}; listening without a device", problem);
            return bindWithoutDevice(interfaceName, loopback, inlet);
        }
    }

    @Override
    public void close() {
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(2)).block();
    }

    private Channel bindWithoutDevice(String interfaceName, boolean loopback, ChannelInboundHandler inlet)
            throws ListenException {
        SocketSetup setup = new SocketSetup(null, inlet);
        try {
            // Nothing that comes from outside is meant for loopback.
            return bind(loopback ? "127.0.0.1" : "0.0.0.0", setup);
        } catch (RuntimeException e) {
            throw explained(interfaceName, setup, e);
        }
    }

    private Channel bind(String address, SocketSetup setup) {
        return server().bindAddress(() -> new InetSocketAddress(address, port))
                .doOnChannelInit((observer, made, remote) -> setup.prepare(made))
                .bindNow(BIND_TIMEOUT)
                .channel();
    }

    private UdpServer server() {
        UdpServer server = UdpServer.create()
                .runOn(loops, epoll)
                .option(ChannelOption.SO_BROADCAST, true)
                .option(ChannelOption.SO_SNDBUF, SocketSetup.SOCKET_BUFFER)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING_REPLIES);
        return epoll
                ? server.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_SIZE)
                        .option(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new FixedRecvByteBufAllocator(DATAGRAMS_PER_READ * DATAGRAM_SIZE))
                : server.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM_SIZE));
    }

    private ListenException explained(String interfaceName, SocketSetup setup, RuntimeException failure) {
        @Nullable Throwable known = setup.bindFailure();
        Throwable cause = known == null ? failure : known;
        String why = String.valueOf(cause.getMessage());
        String cure = why;
        if (isPermission(why)) {
            cure = "not permitted; grant CAP_NET_BIND_SERVICE, as the unit file does, or set server.port above 1023";
        } else if (why.contains("in use")) {
            cure = "another program has it; stop that DHCP server (ss -lunp shows it) or change server.port";
        }
        return new ListenException("cannot listen on UDP port " + port + " of " + interfaceName + ": " + cure, cause);
    }

    private static boolean isPermission(String why) {
        return why.contains("ermission denied") || why.contains("not permitted");
    }
}
