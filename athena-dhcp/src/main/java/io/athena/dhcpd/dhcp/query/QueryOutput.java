package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.dhcp.wire.PacketWriter;
import io.athena.dhcpd.dhcp.wire.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way back to one requester: each message behind its length (RFC 6926 section 6.1). For its event loop only. */
final class QueryOutput {

    private static final Logger LOG = LoggerFactory.getLogger(QueryOutput.class);
    private static final int USUAL_SIZE = 512;

    private final Channel channel;
    private final Ipv4 serverId;
    private final Meters meters;

    QueryOutput(Channel channel, Ipv4 serverId, Meters meters) {
        this.channel = channel;
        this.serverId = serverId;
        this.meters = meters;
    }

    /** Option 54 of what goes out here. */
    Ipv4 serverId() {
        return serverId;
    }

    /** Queues a message; it leaves with the next {@link #flush}. */
    void write(Reply reply) {
        channel.write(frame(reply));
        count(reply.type());
    }

    void writeAndClose(Reply reply) {
        channel.writeAndFlush(frame(reply)).addListener(ChannelFutureListener.CLOSE);
        count(reply.type());
    }

    void flush() {
        channel.flush();
    }

    /** Whether the requester reads as fast as it is written to. */
    boolean isWritable() {
        return channel.isWritable();
    }

    /** Goes on on the event loop; any thread may ask. Nothing happens when that has ended, and the connection with it. */
    void execute(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            // A reload ends the loop while lanes go on; what they have to say here has no reader, and must not cost
            // the client whose lease it is about its answer.
            LOG.debug("a requester of leases went with its event loop", e);
        }
    }

    private ByteBuf frame(Reply reply) {
        ByteBuf frame = channel.alloc().buffer(USUAL_SIZE).writeShort(0);
        PacketWriter.write(reply, frame);
        return frame.setShort(0, frame.readableBytes() - Short.BYTES);
    }

    private void count(MessageType type) {
        meters.counter(DhcpMeter.PACKETS_SENT, type.tag()).increment();
    }
}
