package io.athena.dhcpd.dhcp.path;

import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.dhcp.listen.ServedInterface;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** What is counted and said of each packet: one line with fields, at debug unless an operator wants to know. */
public final class PathLog implements PathListener {

    private static final Logger LOG = LoggerFactory.getLogger("io.athena.dhcpd.packets");

    /** What an operator can do something about, and what somebody may be doing to the server. */
    private static final Set<DropReason> ALARMING = Set.of(
            DropReason.NO_FREE_ADDRESS,
            DropReason.LEASE_NOT_WRITTEN,
            DropReason.RATE_LIMITED,
            DropReason.TOO_MANY_NEWCOMERS,
            DropReason.NOT_AUTHENTICATED,
            DropReason.BAD_AUTHENTICATION,
            DropReason.REPLAYED,
            DropReason.TOO_MANY_DECLINES);

    private final LogBudget alarms;
    private final LogBudget provoked;
    private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);

    /**
     * @param alarms lines about faults and about answers that an operator expects and clients do not get
     * @param provoked lines that a client can provoke at will: NAKs, RELEASEs and DECLINEs
     */
    public PathLog(Meters meters, LogBudget alarms, LogBudget provoked) {
        this.alarms = alarms;
        this.provoked = provoked;
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, meters.counter(DhcpMeter.PACKETS_DROPPED, reason.tag()));
        }
    }

    @Override
    public void dropped(DhcpPacket packet, ServedInterface on, DropReason reason) {
        unserved(packet, on, reason, "no answer");
    }

    @Override
    public void offeredNothing(Exchange exchange, DropReason reason) {
        unserved(exchange.packet(), exchange.on(), reason, "sent an offer without an address");
    }

    private void unserved(DhcpPacket packet, ServedInterface on, DropReason reason, String what) {
        count(dropped.get(reason));
        long unsaid = ALARMING.contains(reason) ? alarms.permit(reason.tag()) : LogBudget.SILENT;
        if (unsaid != LogBudget.SILENT) {
            fields(LOG.atWarn(), packet, on)
                    .addKeyValue("reason", reason.tag())
                    .addKeyValue("not_logged", unsaid)
                    .log(what);
        } else if (LOG.isDebugEnabled()) {
            fields(LOG.atDebug(), packet, on)
                    .addKeyValue("reason", reason.tag())
                    .log(what);
        }
    }

    @Override
    public void answered(Exchange exchange, MessageType with, @Nullable Ipv4 address, @Nullable DropReason reason) {
        boolean tells = with == MessageType.ACK || with == MessageType.NAK || with == MessageType.BOOTP;
        if (tells ? !LOG.isInfoEnabled() : !LOG.isDebugEnabled()) {
            return;
        }
        long unsaid = with == MessageType.NAK ? provoked.permit(with.tag()) : 0;
        if (unsaid == LogBudget.SILENT) {
            return;
        }
        LoggingEventBuilder line = fields(tells ? LOG.atInfo() : LOG.atDebug(), exchange.packet(), exchange.on())
                .addKeyValue("ip", address)
                .addKeyValue("subnet", exchange.seat().link());
        if (reason != null) {
            line = line.addKeyValue("reason", reason.tag());
        }
        if (unsaid > 0) {
            line = line.addKeyValue("not_logged", unsaid);
        }
        line.log("sent {}", with);
    }

    @Override
    public void noted(Exchange exchange) {
        String type = exchange.packet().type().tag();
        if (LOG.isInfoEnabled() && provoked.permit(type) != LogBudget.SILENT) {
            Ipv4 declined = exchange.request().requestedIp();
            fields(LOG.atInfo(), exchange.packet(), exchange.on())
                    .addKeyValue(
                            "ip",
                            declined != null ? declined : exchange.request().ciaddr())
                    .addKeyValue("subnet", exchange.seat().link())
                    .log("noted {}", exchange.packet().type());
        }
    }

    @Override
    public void failed(Exchange exchange, RuntimeException fault) {
        count(dropped.get(DropReason.INTERNAL_ERROR));
        if (alarms.permit(DropReason.INTERNAL_ERROR.tag()) != LogBudget.SILENT) {
            fields(LOG.atError(), exchange.packet(), exchange.on())
                    .addKeyValue("reason", DropReason.INTERNAL_ERROR.tag())
                    .setCause(fault)
                    .log("a packet could not be handled; please report this");
        }
    }

    private static LoggingEventBuilder fields(LoggingEventBuilder line, DhcpPacket packet, ServedInterface on) {
        return line.addKeyValue("mac", packet.chaddr())
                .addKeyValue("msg_type", packet.type().tag())
                .addKeyValue("peer", packet.giaddr().isAny() ? on.name() : packet.giaddr());
    }

    private static void count(@Nullable LongAdder counter) {
        if (counter != null) {
            counter.increment();
        }
    }
}
