package io.athena.dhcpd.dhcp.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.EpollChannelConfig;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares one socket between its making and its binding, and remembers what went wrong: Reactor Netty passes over
 * options that the kernel refuses, and gives no cause of a bind that fails.
 */
final class SocketSetup extends ChannelOutboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(SocketSetup.class);

    static final int SOCKET_BUFFER = 4 << 20;

    private static final int SOL_SOCKET = 1;
    private static final int IFNAMSIZ = 16;
    private static final RawUnixChannelOption SO_BINDTODEVICE =
            new RawUnixChannelOption("SO_BINDTODEVICE", SOL_SOCKET, 25, IFNAMSIZ);

    /** Not held to net.core.rmem_max, with CAP_NET_ADMIN. */
    private static final IntegerUnixChannelOption SO_RCVBUFFORCE =
            new IntegerUnixChannelOption("SO_RCVBUFFORCE", SOL_SOCKET, 33);

    private final @Nullable String device;
    private final ChannelInboundHandler inlet;
    private volatile @Nullable Throwable deviceFailure;
    private volatile @Nullable Throwable bindFailure;

    /** Without a {@code device} the socket hears all interfaces. */
    SocketSetup(@Nullable String device, ChannelInboundHandler inlet) {
        this.device = device;
        this.inlet = inlet;
    }

    /** Runs before the socket is bound: a device that is set later would let in what came from others meanwhile. */
    void prepare(Channel channel) {
        widenReceiveBuffer(channel);
        if (device != null) {
            try {
                channel.config().setOption(SO_BINDTODEVICE, paddedName(device));
            } catch (ChannelException e) {
                deviceFailure = e.getCause() == null ? e : e.getCause();
                channel.close();
                return;
            }
        }
        channel.pipeline().addFirst("dhcp", inlet).addFirst("setup", this);
    }

    /** Why the kernel did not bind the socket to its device; null when it did. */
    @Nullable
    Throwable deviceFailure() {
        return deviceFailure;
    }

    /** Why the kernel did not bind the socket to its port; null when it did, or was not asked. */
    @Nullable
    Throwable bindFailure() {
        return bindFailure;
    }

    @Override
    public void bind(ChannelHandlerContext context, SocketAddress local, ChannelPromise promise) {
        promise.addListener(done -> bindFailure = done.cause());
        context.bind(local, promise);
    }

    private static void widenReceiveBuffer(Channel channel) {
        if (channel.config() instanceof EpollChannelConfig config) {
            try {
                config.setOption(SO_RCVBUFFORCE, SOCKET_BUFFER);
                return;
            } catch (ChannelException e) {
                log.debug("SO_RCVBUFFORCE is not permitted; net.core.rmem_max bounds the receive buffer");
            }
        }
        channel.config().setOption(ChannelOption.SO_RCVBUF, SOCKET_BUFFER);
    }

    private static ByteBuffer paddedName(String device) {
        byte[] name = device.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(IFNAMSIZ)
                .put(name, 0, Math.min(name.length, IFNAMSIZ - 1))
                .rewind();
    }
}
