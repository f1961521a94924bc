package io.athena.dhcpd.events.bus;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.event.LeaseEvent;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.LogLines;
import io.athena.dhcpd.events.Samples;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventBusTest {

    private static final Set<EventType> ALL = EnumSet.allOf(EventType.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Meters meters = new Meters();
    private final EventBus bus = new EventBus(meters, TimeSource.system());

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void nobodyIsHeardAndTheDropCounterIsThereFromTheStart() {
        for (EventType type : EventType.values()) {
            assertThat(bus.hears(type)).isFalse();
        }
        bus.publish(Samples.granted());
        assertThat(meters.counters()).containsKey(new Meters.Series(DhcpMeter.EVENT_BUFFER_DROPS, List.of()));
        assertThat(drops()).isZero();
    }

    @Test
    void aListenerHearsItsTypesOnlyAndInOrder() {
        List<DomainEvent> heard = new CopyOnWriteArrayList<>();
        bus.listen("acks", Set.of(EventType.LEASE_ACK), 1000, heard::add);
        assertThat(bus.hears(EventType.LEASE_ACK)).isTrue();
        assertThat(bus.hears(EventType.LEASE_NAK)).isFalse();
        for (int i = 0; i < 500; i++) {
            bus.publish(Samples.granted(i, i % 250));
            bus.publish(Samples.refused());
        }
        bus.close(PATIENCE);
        assertThat(heard).hasSize(500).allMatch(event -> event.type() == EventType.LEASE_ACK);
        assertThat(heard.stream().map(event -> ((LeaseEvent) event).lease().hostname()))
                .startsWith("host-0", "host-1", "host-2")
                .endsWith("host-498", "host-499");
        assertThat(drops()).isZero();
    }

    @Test
    void aListenerThatHangsLosesItsOwnEventsOnlyAndIsWarnedAboutOnce() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<DomainEvent> quick = new CopyOnWriteArrayList<>();
        try (LogLines log = LogLines.of(Subscription.class)) {
            Subscription slow = bus.listen("slow", ALL, 16, event -> {
                hanging.countDown();
                release.await();
            });
            Subscription other = bus.listen("quick", ALL, 100_000, quick::add);
            bus.publish(Samples.granted());
            assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 5000; i++) {
                bus.publish(Samples.granted(i, 1));
            }
            // One is in its hands and 16 wait: the rest is lost.
            assertThat(slow.dropped()).isEqualTo(5000 - 16);
            assertThat(slow.waiting()).isEqualTo(16);
            assertThat(other.dropped()).isZero();
            assertThat(drops()).isEqualTo(5000 - 16);
            assertThat(log.lines(Level.WARN)).hasSize(1).allMatch(line -> line.contains("listener=slow"));
            release.countDown();
            bus.close(PATIENCE);
            assertThat(quick).hasSize(5001);
            assertThat(slow.dropped()).isEqualTo(5000 - 16);
        }
    }

    @Test
    void aListenerThatFailsGoesOnWithTheNextEvent() {
        List<DomainEvent> heard = new CopyOnWriteArrayList<>();
        try (LogLines log = LogLines.of(Subscription.class)) {
            bus.listen("broken", ALL, 100, event -> {
                if (event instanceof LeaseEvent.Refused) {
                    throw new IllegalStateException("no");
                }
                heard.add(event);
            });
            bus.publish(Samples.refused());
            bus.publish(Samples.refused());
            bus.publish(Samples.granted());
            bus.close(PATIENCE);
            assertThat(heard).hasSize(1);
            assertThat(log.lines(Level.ERROR)).hasSize(1).allMatch(line -> line.contains("event=lease.nak"));
        }
    }

    @Test
    void whoLeavesIsHeardNoMoreAndWhoComesLaterIs() {
        List<DomainEvent> first = new CopyOnWriteArrayList<>();
        List<DomainEvent> second = new CopyOnWriteArrayList<>();
        Subscription leaving = bus.listen("first", ALL, 100, first::add);
        bus.publish(Samples.granted());
        leaving.close(PATIENCE);
        assertThat(bus.hears(EventType.LEASE_ACK)).isFalse();
        bus.listen("second", ALL, 100, second::add);
        bus.publish(Samples.detected());
        bus.close(PATIENCE);
        assertThat(first).hasSize(1);
        assertThat(second).hasSize(1);
    }

    @Test
    void whoTakesOverHearsWhatTheOneBeforeDoesNotAndBeginsWhenItIsToldTo() {
        List<DomainEvent> before = new CopyOnWriteArrayList<>();
        List<DomainEvent> after = new CopyOnWriteArrayList<>();
        Subscription first = bus.listen("first", ALL, 1000, before::add);
        Subscription second = bus.prepare("second", ALL, 1000, after::add);
        DomainEvent early = Samples.granted(1, 1);
        DomainEvent late = Samples.granted(1, 2);
        bus.publish(early);
        bus.exchange(List.of(first), List.of(second));
        bus.publish(late);
        first.close(PATIENCE);
        assertThat(before).containsExactly(early);
        assertThat(after).isEmpty();
        assertThat(second.waiting()).isEqualTo(1);
        second.start();
        second.close(PATIENCE);
        assertThat(after).containsExactly(late);
    }

    @Test
    void closingDoesNotWaitForAListenerThatHangsAndCountsWhatItLost() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        bus.listen("hanging", ALL, 100, event -> {
            hanging.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        bus.publish(Samples.granted());
        bus.publish(Samples.granted());
        assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
        bus.close(Duration.ofMillis(10));
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(drops()).isEqualTo(1);
    }

    @Test
    void aSleepingListenerIsWokenByEachLoneEvent() throws Exception {
        BlockingQueue<DomainEvent> heard = new LinkedBlockingQueue<>();
        bus.listen("lone", ALL, 16, heard::add);
        for (int i = 0; i < 200; i++) {
            bus.publish(Samples.granted(i, 1));
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void everyEventOfSeveralLanesArrivesAndEachLaneKeepsItsOrder() throws Exception {
        List<DomainEvent> heard = new CopyOnWriteArrayList<>();
        bus.listen("all", ALL, 10_000, heard::add);
        List<Thread> lanes = List.of(lane(1), lane(2), lane(3));
        lanes.forEach(Thread::start);
        for (Thread lane : lanes) {
            lane.join();
        }
        bus.close(PATIENCE);
        assertThat(heard).hasSize(3 * 1000);
        for (int lane = 1; lane <= 3; lane++) {
            String host = "host-" + lane;
            assertThat(heard.stream()
                            .map(event -> ((LeaseEvent) event).lease())
                            .filter(lease -> host.equals(lease.hostname()))
                            .map(lease -> lease.ip() == null ? Ipv4.ANY : lease.ip()))
                    .isSorted();
        }
    }

    private Thread lane(int client) {
        return new Thread(() -> {
            for (int i = 0; i < 1000; i++) {
                bus.publish(Samples.granted(client, i));
            }
        });
    }

    private long drops() {
        return meters.counter(DhcpMeter.EVENT_BUFFER_DROPS).sum();
    }
}
