package io.athena.dhcpd.dhcp.listen;

import io.athena.dhcpd.core.link.EthernetFrames;
import io.athena.dhcpd.core.link.FrameSocket;
import io.athena.dhcpd.core.link.FrameSocketException;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.dhcp.listen.SendErrors.Path;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Brings replies from the lanes to one socket. Whatever has gathered when the event loop comes round leaves with one
 * flush, which is one sendmmsg on epoll. Replies that the kernel has no room for are dropped, as a network would.
 */
final class ReplyQueue implements Departures {

    private final String interfaceName;
    private final Channel channel;
    private final @Nullable FrameSocket frames;
    private final SendErrors errors;
    private final Queue<Outgoing> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** Used by the event loop only. */
    private final byte[] frame = new byte[FrameSocket.MAX_FRAME];

    private boolean closed;

    ReplyQueue(String interfaceName, Channel channel, @Nullable FrameSocket frames, SendErrors errors) {
        this.interfaceName = interfaceName;
        this.channel = channel;
        this.frames = frames;
        this.errors = errors;
    }

    @Override
    public boolean hasFrames() {
        return frames != null;
    }

    @Override
    public void offer(Outgoing reply) {
        waiting.add(reply);
        if (scheduled.compareAndSet(false, true)) {
            try {
                channel.eventLoop().execute(this::drain);
            } catch (RejectedExecutionException e) {
                // The event loop has ended, and with it everything that could race with this.
                releaseAll();
            }
        }
    }

    /** Sends what is left and gives the sockets back; the future ends when that is done. */
    Future<?> close() {
        return channel.eventLoop().submit(() -> {
            drain();
            closed = true;
            if (frames != null) {
                frames.close();
            }
            channel.close();
        });
    }

    private void drain() {
        scheduled.set(false);
        if (closed) {
            releaseAll();
            return;
        }
        boolean written = false;
        for (Outgoing reply = waiting.poll(); reply != null; reply = waiting.poll()) {
            if (reply instanceof Outgoing.Datagram datagram) {
                write(datagram);
                written = true;
            } else if (reply instanceof Outgoing.Frame whole) {
                send(whole);
            }
        }
        if (written) {
            channel.flush();
        }
    }

    private void write(Outgoing.Datagram datagram) {
        if (!channel.isWritable()) {
            channel.flush();
        }
        if (!channel.isWritable()) {
            datagram.payload().release();
            errors.count(Path.UDP, interfaceName, datagram.to(), "the socket's queue is full");
            return;
        }
        InetSocketAddress target = new InetSocketAddress(inet(datagram.to()), datagram.port());
        channel.write(new DatagramPacket(datagram.payload(), target)).addListener(done -> {
            Throwable cause = done.cause();
            if (cause != null) {
                errors.count(Path.UDP, interfaceName, datagram.to(), String.valueOf(cause.getMessage()));
            }
        });
    }

    private void send(Outgoing.Frame whole) {
        try {
            int length = whole.payload().readableBytes();
            whole.payload().getBytes(whole.payload().readerIndex(), frame, EthernetFrames.UDP_HEADERS, length);
            int size = EthernetFrames.wrapUdp(frame, length, whole.from(), whole.target());
            if (frames != null) {
                frames.send(frame, size);
            }
        } catch (FrameSocketException e) {
            errors.count(Path.FRAME, interfaceName, whole.to(), String.valueOf(e.getMessage()));
        } finally {
            whole.payload().release();
        }
    }

    private void releaseAll() {
        for (Outgoing reply = waiting.poll(); reply != null; reply = waiting.poll()) {
            reply.payload().release();
            errors.count(Path.UDP, interfaceName, reply.to(), "the socket is closed");
        }
    }

    private static InetAddress inet(Ipv4 address) {
        try {
            return InetAddress.getByAddress(address.toBytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
