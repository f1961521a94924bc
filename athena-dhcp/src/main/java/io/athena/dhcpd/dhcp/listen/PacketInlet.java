package io.athena.dhcpd.dhcp.listen;

import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.dhcp.wire.Decoded;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.Malformed;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes what a socket receives, on the event loop, counts it, and hands on what can be believed. */
final class PacketInlet extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(PacketInlet.class);

    private final ServedInterface on;
    private final PacketHandler handler;
    private final LogBudget budget;
    private final Map<MessageType, LongAdder> received = new EnumMap<>(MessageType.class);
    private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);

    PacketInlet(ServedInterface on, PacketHandler handler, Meters meters, LogBudget budget) {
        this.on = on;
        this.handler = handler;
        this.budget = budget;
        for (MessageType type : MessageType.values()) {
            received.put(type, meters.counter(DhcpMeter.PACKETS_RECEIVED, type.tag()));
        }
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, meters.counter(DhcpMeter.PACKETS_DROPPED, reason.tag()));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof DatagramPacket datagram) {
                receive(datagram);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        long suppressed = budget.permit("socket");
        if (suppressed != LogBudget.SILENT) {
            log.atWarn()
                    .addKeyValue("interface", on.name())
                    .addKeyValue("not_logged", suppressed)
                    .setCause(cause)
                    .log("receiving failed");
        }
    }

    private void receive(DatagramPacket datagram) {
        Ipv4 source = Ipv4.of(datagram.sender().getAddress().getAddress(), 0);
        int port = datagram.sender().getPort();
        Decoded decoded = PacketDecoder.decode(datagram.content());
        if (decoded instanceof Malformed malformed) {
            drop(malformed.reason(), source, port);
        } else if (decoded instanceof DhcpPacket packet) {
            received.get(packet.type()).increment();
            pass(packet, source, port);
        }
    }

    private void pass(DhcpPacket packet, Ipv4 source, int port) {
        try {
            handler.received(packet, source, port, on);
        } catch (RuntimeException e) {
            // A fault of ours must cost one packet and not the socket.
            dropped.get(DropReason.INTERNAL_ERROR).increment();
            long suppressed = budget.permit(DropReason.INTERNAL_ERROR.tag());
            if (suppressed != LogBudget.SILENT) {
                log.atError()
                        .addKeyValue("mac", packet.chaddr())
                        .addKeyValue("msg_type", packet.type().tag())
                        .addKeyValue("peer", source)
                        .addKeyValue("interface", on.name())
                        .addKeyValue("reason", DropReason.INTERNAL_ERROR.tag())
                        .addKeyValue("not_logged", suppressed)
                        .setCause(e)
                        .log("a packet could not be handled; please report this: {}", packet);
            }
        }
    }

    private void drop(DropReason reason, Ipv4 source, int port) {
        dropped.get(reason).increment();
        long suppressed = budget.permit(reason.tag());
        if (suppressed != LogBudget.SILENT) {
            log.atInfo()
                    .addKeyValue("peer", source + ":" + port)
                    .addKeyValue("interface", on.name())
                    .addKeyValue("reason", reason.tag())
                    .addKeyValue("not_logged", suppressed)
                    .log("malformed packet dropped");
        }
    }
}
