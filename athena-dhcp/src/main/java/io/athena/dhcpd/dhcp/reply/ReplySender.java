package io.athena.dhcpd.dhcp.reply;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.dhcp.reply.Destination.Broadcast;
import io.athena.dhcpd.dhcp.reply.Destination.LinkUnicast;
import io.athena.dhcpd.dhcp.reply.Destination.ToRelay;
import io.athena.dhcpd.dhcp.reply.Destination.UnicastIp;
import io.athena.dhcpd.dhcp.wire.PacketWriter;
import io.athena.dhcpd.dhcp.wire.RelayAgentInfo;
import io.athena.dhcpd.dhcp.wire.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Encodes replies and hands them to the interface they leave by. May be used by any thread. */
public final class ReplySender {

    /** Most replies have the 300 bytes of BOOTP or a little more; the buffer grows for the others. */
    private static final int USUAL_SIZE = 576;

    private final ByteBufAllocator buffers;
    private final int serverPort;
    private final int clientPort;
    private final Map<MessageType, LongAdder> sent = new EnumMap<>(MessageType.class);

    /**
     * A sender for a server on {@code serverPort} (normally 67) whose clients listen on {@code clientPort} (normally
     * 68); where the server's port is another, relay agents are taken to listen on the same one.
     */
    public ReplySender(int serverPort, int clientPort, Meters meters) {
        this.buffers = ByteBufAllocator.DEFAULT;
        this.serverPort = serverPort;
        this.clientPort = clientPort;
        for (MessageType type : MessageType.values()) {
            sent.put(type, meters.counter(DhcpMeter.PACKETS_SENT, type.tag()));
        }
    }

    /** Sends a reply; returns at once. */
    public void send(Reply reply, Destination destination, Outlet outlet) {
        ByteBuf payload = buffers.directBuffer(USUAL_SIZE);
        PacketWriter.write(reply, payload);
        sent.get(reply.type()).increment();
        if (destination instanceof ToRelay relay) {
            int port = relay.port() == RelayAgentInfo.RELAY_PORT ? serverPort : relay.port();
            outlet.sendDatagram(payload, relay.giaddr(), port);
        } else if (destination instanceof UnicastIp unicast) {
            outlet.sendDatagram(payload, unicast.address(), clientPort);
        } else if (destination instanceof LinkUnicast link) {
            if (!outlet.sendFrame(payload, link.mac(), link.yiaddr(), clientPort)) {
                // A client that cleared the broadcast flag takes broadcasts all the same; only others hear them too.
                outlet.sendDatagram(payload, Ipv4.BROADCAST, clientPort);
            }
        } else if (destination instanceof Broadcast) {
            outlet.sendDatagram(payload, Ipv4.BROADCAST, clientPort);
        }
    }
}
