package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.athena.dhcpd.core.event.ConflictEvent;
import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.EventPublisher;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log, the meters and further listeners get to know of conflicts. */
class ConflictWatchTest {

    private static final Cidr SUBNET = Cidr.parse("10.0.0.0/24");
    private static final MacAddress SQUATTER = MacAddress.parse("aa:bb:cc:11:22:33");

    private final Logger logger = (Logger) LoggerFactory.getLogger(ConflictWatch.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Meters meters = new Meters();
    private final List<DomainEvent> handedOn = new ArrayList<>();
    private final Clock clock = new Clock();
    private final ConflictWatch watch = new ConflictWatch(meters, clock, new EventPublisher() {
        @Override
        public boolean hears(EventType type) {
            return type == EventType.CONFLICT_PERMANENT || type == EventType.LEASE_ACK;
        }

        @Override
        public void publish(DomainEvent event) {
            handedOn.add(event);
        }
    });

    private static final class Clock implements TimeSource {
        private long nanos = -5;

        @Override
        public long epochSeconds() {
            return 0;
        }

        @Override
        public long nanoTime() {
            return nanos;
        }
    }

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    private static Conflict conflict(Conflict.Method method, boolean permanent) {
        return new Conflict(Ipv4.parse("10.0.0.105"), SUBNET, method, SQUATTER, 100, 3700, 3, permanent, false);
    }

    private List<String> lines() {
        return log.list.stream()
                .map(line -> line.getLevel() + " " + line.getKeyValuePairs() + " " + line.getFormattedMessage())
                .toList();
    }

    @Test
    void aConflictIsAWarningWithAddressSubnetMethodMacAndCount() {
        watch.publish(new ConflictEvent.Detected(conflict(Conflict.Method.ARP_PROBE, false), null, null, 100));
        assertThat(lines()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("WARN")
                .contains(
                        "ip=\"10.0.0.105\"",
                        "subnet=\"10.0.0.0/24\"",
                        "method=\"arp_probe\"",
                        "mac=\"aa:bb:cc:11:22:33\"",
                        "count=\"3\""));
    }

    @Test
    void aDeclineIsCountedInItsSubnetAndAPermanentConflictIsAnError() {
        watch.publish(new ConflictEvent.Declined(conflict(Conflict.Method.CLIENT_DECLINE, true), null, null, 100));
        watch.publish(new ConflictEvent.Permanent(conflict(Conflict.Method.CLIENT_DECLINE, true), null, 100));
        assertThat(meters.counter(DhcpMeter.CONFLICT_DECLINES, "10.0.0.0/24").sum())
                .isEqualTo(1);
        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.ERROR);
    }

    @Test
    void whatEndedAConflictIsCounted() {
        Conflict over = conflict(Conflict.Method.ARP_PROBE, false).ended();
        watch.publish(new ConflictEvent.Resolved(over, null, ConflictEvent.Resolution.HOLD_EXPIRED, 4000));
        watch.publish(new ConflictEvent.Resolved(over, null, ConflictEvent.Resolution.HOLD_EXPIRED, 4000));
        watch.publish(new ConflictEvent.Resolved(over, null, ConflictEvent.Resolution.MANUAL_CLEAR, 4000));
        assertThat(meters.counter(DhcpMeter.CONFLICTS_RESOLVED, "hold_expired").sum())
                .isEqualTo(2);
        assertThat(meters.counter(DhcpMeter.CONFLICTS_RESOLVED, "manual_clear").sum())
                .isEqualTo(1);
        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.INFO);
    }

    @Test
    void othersGetTheEventsThatTheyHearAndNoMore() {
        ConflictEvent permanent = new ConflictEvent.Permanent(conflict(Conflict.Method.ARP_PROBE, true), null, 100);
        watch.publish(new ConflictEvent.Detected(conflict(Conflict.Method.ARP_PROBE, true), null, null, 100));
        watch.publish(permanent);
        assertThat(handedOn).containsExactly(permanent);
        assertThat(watch.hears(EventType.CONFLICT_DETECTED)).isTrue();
        assertThat(watch.hears(EventType.LEASE_ACK)).isTrue();
        assertThat(watch.hears(EventType.LEASE_NAK)).isFalse();
    }

    @Test
    void aStormOfForgedAnswersIsOneLineAnHourAndSubnetThatSaysHowMany() {
        for (int i = 0; i < 1000; i++) {
            watch.unrecorded(SUBNET, 25);
        }
        watch.unrecorded(Cidr.parse("10.1.0.0/24"), 8);
        assertThat(lines()).hasSize(2).allSatisfy(line -> assertThat(line).startsWith("ERROR"));
        assertThat(lines().get(0)).contains("subnet=\"10.0.0.0/24\"", "unrecorded=\"1\"", "recorded_an_hour=\"25\"");
        clock.nanos += TimeUnit.HOURS.toNanos(1);
        watch.unrecorded(SUBNET, 25);
        assertThat(lines()).hasSize(3).last().asString().contains("unrecorded=\"1000\"");
        assertThat(meters.counter(DhcpMeter.CONFLICTS_UNRECORDED, "10.0.0.0/24").sum())
                .isEqualTo(1001);
    }
}
