package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.path.LinkDirectory;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One requester on TCP: TLS first (RFC 7724 section 8.1), then bulk queries, answered one after the other, and at most
 * one active query beside them. Owned by its event loop.
 */
final class QueryConnection extends SimpleChannelInboundHandler<ByteBuf> {

    static final String NAME = "leasequery";
    private static final String FRAMES = "frames";
    private static final String SILENCE = "silence";

    /** Bulk queries that wait for their turn; with more than that nothing is read from the connection. */
    private static final int MOST_WAITING = 16;

    /**
     * What all connections share.
     *
     * @param directory the links as they are now
     * @param feed changes of leases
     * @param time the clocks
     * @param times how long things may take
     * @param tls TLS as it is configured now, or null without
     * @param insecure whether requesters without TLS are served
     * @param complete whether no record was lost, as far as this server knows
     * @param log what is said of connections
     */
    record Service(
            Supplier<LinkDirectory> directory,
            LeaseFeed feed,
            TimeSource time,
            QueryTimes times,
            @Nullable SslContext tls,
            boolean insecure,
            boolean complete,
            ConnectionLog log) {}

    private enum Stage {
        /** Nothing was said yet. */
        OPENING,
        /** DHCPTLS was accepted; only TLS may follow. */
        HANDSHAKE,
        /** Queries are answered. */
        OPEN,
        CLOSED
    }

    private final Service service;
    private final QueryOutput out;
    private final Deque<StreamQuery.Accepted> waiting = new ArrayDeque<>();
    private Stage stage = Stage.OPENING;
    private @Nullable BulkRun bulk;
    private @Nullable ActiveRun active;
    private @Nullable ScheduledFuture<?> openDeadline;
    private @Nullable ScheduledFuture<?> sendDeadline;

    QueryConnection(Service service, QueryOutput out) {
        this.service = service;
        this.out = out;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        QueryTimes times = service.times();
        long keepAlive = times.keepAlive().toMillis();
        long idle = times.idle().toMillis();
        // Behind the frames: bytes that never make a message do not count as a sign of life.
        context.pipeline()
                .addBefore(NAME, FRAMES, QueryFrames.decoder())
                .addBefore(NAME, SILENCE, new IdleStateHandler(0, keepAlive, idle, TimeUnit.MILLISECONDS));
        openDeadline = context.executor()
                .schedule(() -> closeUnopened(context), times.opening().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.fireChannelActive();
        // Reactor Netty has switched reading off just now, until a subscriber asks; here nobody subscribes.
        context.channel().config().setAutoRead(true);
    }

    // --- what comes in ------------------------------------------------------------------------------------------

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
        boolean readable = stage == Stage.OPENING || stage == Stage.OPEN;
        if (readable && PacketDecoder.decodeQuery(ByteBufUtil.getBytes(frame)) instanceof DhcpPacket packet) {
            received(context, packet);
        } else {
            // RFC 6926 section 8.1: what cannot be read leaves nobody to answer to. Nor does plain text pass as TLS.
            context.close();
        }
    }

    private void received(ChannelHandlerContext context, DhcpPacket packet) {
        boolean begins = stage == Stage.OPENING;
        switch (packet.type()) {
            case TLS -> {
                if (begins) {
                    secure(context, packet.xid());
                } else {
                    context.close();
                }
            }
            case BULKLEASEQUERY, ACTIVELEASEQUERY -> {
                if (begins && !service.insecure()) {
                    // RFC 7724 section 8.1: in secure mode whoever begins with anything else is cut off.
                    context.close();
                    return;
                }
                stage = Stage.OPEN;
                asked(context, packet);
            }
            default -> context.close();
        }
    }

    /** RFC 7724 section 8.1: the answer to DHCPTLS is the last that goes out in the clear. */
    private void secure(ChannelHandlerContext context, int xid) {
        SslContext tls = service.tls();
        out.write(QueryReplies.tls(xid, tls != null));
        out.flush();
        if (tls != null) {
            stage = Stage.HANDSHAKE;
            // Bytes that were sent before TLS began must not be read as if they had come through it.
            context.pipeline().remove(FRAMES);
            context.pipeline().addFirst("tls", tls.newHandler(context.alloc()));
        } else if (service.insecure()) {
            stage = Stage.OPEN;
        } else {
            context.close();
        }
    }

    private void asked(ChannelHandlerContext context, DhcpPacket packet) {
        StreamQuery query = StreamQuery.of(packet);
        if (query instanceof StreamQuery.Refused refused) {
            refuse(packet.xid(), refused.status(), refused.text());
        } else if (query instanceof StreamQuery.Accepted accepted) {
            switch (packet.type()) {
                case BULKLEASEQUERY -> enqueue(context, accepted);
                default -> follow(accepted);
            }
        }
    }

    private void refuse(int xid, QueryStatus status, String text) {
        out.write(QueryReplies.done(xid, status, text, out.serverId()));
        out.flush();
    }

    // --- queries ------------------------------------------------------------------------------------------------

    private void enqueue(ChannelHandlerContext context, StreamQuery.Accepted query) {
        waiting.add(query);
        if (bulk == null) {
            nextBulk(context);
        } else {
            readAsFarAsAnswered(context);
        }
    }

    /** Whoever asks more than it listens to waits, or the answers, refusals among them, would pile up here. */
    private void readAsFarAsAnswered(ChannelHandlerContext context) {
        boolean keepsUp = waiting.size() < MOST_WAITING && context.channel().isWritable();
        context.channel().config().setAutoRead(keepsUp);
    }

    private void nextBulk(ChannelHandlerContext context) {
        StreamQuery.Accepted query = waiting.poll();
        if (query == null || stage == Stage.CLOSED) {
            bulk = null;
            return;
        }
        LeaseWalk walk = new LeaseWalk(service.directory().get(), query.wantsUnused());
        BulkRun run = new BulkRun(query, walk, out, service.time(), () -> nextBulk(context));
        bulk = run;
        readAsFarAsAnswered(context);
        run.resume();
    }

    private void follow(StreamQuery.Accepted query) {
        if (active != null) {
            refuse(query.xid(), QueryStatus.NOT_ALLOWED, "this connection has an active query already");
            return;
        }
        ActiveRun run = new ActiveRun(query, out, service.directory(), service.time());
        active = run;
        service.feed().add(run);
        run.begin(service.complete());
    }

    // --- the state of the connection ----------------------------------------------------------------------------

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        readAsFarAsAnswered(context);
        if (!context.channel().isWritable()) {
            sendDeadline = context.executor()
                    .schedule(() -> giveUp(context), service.times().send().toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        cancel(sendDeadline);
        if (bulk != null) {
            bulk.resume();
        }
        if (active != null) {
            active.resume();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                context.pipeline().addBefore(SILENCE, FRAMES, QueryFrames.decoder());
                stage = Stage.OPEN;
            } else {
                service.log().noTerms(context.channel().remoteAddress(), handshake.cause());
                context.close();
            }
        } else if (event instanceof IdleStateEvent idle) {
            idle(context, idle.state());
        }
    }

    private void idle(ChannelHandlerContext context, IdleState state) {
        if (state == IdleState.WRITER_IDLE) {
            if (active != null) {
                active.keepAlive();
            }
        } else if (active == null && bulk == null) {
            context.close();
        }
    }

    private void closeUnopened(ChannelHandlerContext context) {
        if (stage == Stage.OPENING || stage == Stage.HANDSHAKE) {
            context.close();
        }
    }

    private void giveUp(ChannelHandlerContext context) {
        service.log().doesNotRead(context.channel().remoteAddress());
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stage = Stage.CLOSED;
        waiting.clear();
        cancel(openDeadline);
        cancel(sendDeadline);
        if (bulk != null) {
            bulk.cancel();
        }
        if (active != null) {
            service.feed().remove(active);
            active.cancel();
        }
        context.fireChannelInactive();
    }

    private static void cancel(@Nullable ScheduledFuture<?> deadline) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        service.log().broke(context.channel().remoteAddress(), cause);
        context.close();
    }
}
