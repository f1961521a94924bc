package io.athena.dhcpd.dhcp;

import io.athena.dhcpd.core.engine.ConflictAlarm;
import io.athena.dhcpd.core.event.ConflictEvent;
import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.EventPublisher;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Counts and logs what happens to addresses that somebody else uses, and hands every event on. How many lines there can
 * be is bounded by how many conflicts are recorded; of answers past that there is one line an hour and subnet.
 */
final class ConflictWatch implements EventPublisher, ConflictAlarm {

    private static final Logger LOG = LoggerFactory.getLogger(ConflictWatch.class);
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    /** What was not recorded in a subnet since the last line about it. */
    private static final class Alarm {
        private long lastLine;
        private long answers;
    }

    private final Meters meters;
    private final TimeSource time;
    private final EventPublisher next;
    private final Map<Cidr, Alarm> alarms = new HashMap<>();

    /** @param next who hears of every event besides */
    ConflictWatch(Meters meters, TimeSource time, EventPublisher next) {
        this.meters = meters;
        this.time = time;
        this.next = next;
    }

    @Override
    public boolean hears(EventType type) {
        return switch (type) {
            case CONFLICT_DETECTED, CONFLICT_DECLINE, CONFLICT_RESOLVED, CONFLICT_PERMANENT -> true;
            default -> next.hears(type);
        };
    }

    @Override
    public void publish(DomainEvent event) {
        if (event instanceof ConflictEvent.Detected found) {
            about(LOG.atWarn(), found.conflict())
                    .addKeyValue("client", text(found.intendedFor()))
                    .log("address is in use; a probe of it was answered");
        } else if (event instanceof ConflictEvent.Declined declined) {
            meters.counter(
                            DhcpMeter.CONFLICT_DECLINES,
                            declined.conflict().subnet().toString())
                    .increment();
            about(LOG.atWarn(), declined.conflict()).log("address is in use; its client declined it");
        } else if (event instanceof ConflictEvent.Permanent permanent) {
            about(LOG.atError(), permanent.conflict())
                    .log("address was in use so often that it is withheld until somebody clears it");
        } else if (event instanceof ConflictEvent.Resolved resolved) {
            meters.counter(DhcpMeter.CONFLICTS_RESOLVED, resolved.how().tag()).increment();
            about(LOG.atInfo(), resolved.conflict())
                    .addKeyValue("how", resolved.how().tag())
                    .log("address may be given again");
        }
        if (next.hears(event.type())) {
            next.publish(event);
        }
    }

    @Override
    public void unrecorded(Cidr subnet, int limit) {
        meters.counter(DhcpMeter.CONFLICTS_UNRECORDED, subnet.toString()).increment();
        long answers = due(subnet);
        if (answers > 0) {
            LOG.atError()
                    .addKeyValue("subnet", subnet)
                    .addKeyValue("unrecorded", answers)
                    .addKeyValue("recorded_an_hour", limit)
                    .log(
                            "more addresses answer probes than can be believed; they are skipped and not recorded: look for a"
                                    + " host or a proxy ARP that answers for all");
        }
    }

    /** How many answers the next line tells of; 0 where one was written within the hour. */
    private synchronized long due(Cidr subnet) {
        long now = time.nanoTime();
        Alarm alarm = alarms.get(subnet);
        if (alarm == null) {
            alarm = new Alarm();
            alarm.lastLine = now - HOUR;
            alarms.put(subnet, alarm);
        }
        alarm.answers++;
        if (now - alarm.lastLine < HOUR) {
            return 0;
        }
        long answers = alarm.answers;
        alarm.lastLine = now;
        alarm.answers = 0;
        return answers;
    }

    private static LoggingEventBuilder about(LoggingEventBuilder line, Conflict conflict) {
        return line.addKeyValue("ip", conflict.ip())
                .addKeyValue("subnet", conflict.subnet())
                .addKeyValue("method", conflict.method().tag())
                .addKeyValue("mac", text(conflict.responderMac()))
                .addKeyValue("count", conflict.count());
    }

    private static String text(@Nullable MacAddress mac) {
        return mac == null ? "-" : mac.toString();
    }
}
