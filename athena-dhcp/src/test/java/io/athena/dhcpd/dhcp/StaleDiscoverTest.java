package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.engine.ConflictProbe;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.engine.ProbeResult;
import io.athena.dhcpd.core.engine.ProbeRules;
import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.EventPublisher;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A DISCOVER whose turn comes when its client has asked anew is work for nothing. */
@Timeout(120)
class StaleDiscoverTest {

    private static final String SUBNET = """
            [[subnet]]
            network = "127.0.0.0/8"
              [[subnet.pool]]
              range_start = "127.0.1.1"
              range_end = "127.0.1.9"
            """;

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final Semaphore received = new Semaphore(0);
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    private final TimeSource clock = new TimeSource() {
        @Override
        public long epochSeconds() {
            return 1_800_000_000L;
        }

        @Override
        public long nanoTime() {
            return nanos.get();
        }
    };

    /** Tells that the event loop has a DISCOVER and knows when it came. */
    private final EventPublisher arrivals = new EventPublisher() {
        @Override
        public boolean hears(EventType type) {
            return type == EventType.LEASE_DISCOVER;
        }

        @Override
        public void publish(DomainEvent event) {
            received.release();
        }
    };

    /** Holds the lane up. */
    private final ConflictProbe holdup = new ConflictProbe() {
        @Override
        public boolean start(Ipv4 address, Consumer<ProbeResult> done) {
            held.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        }

        @Override
        public void announce(Ipv4 address, MacAddress holder) {}

        @Override
        public void onLateAnswer(Consumer<ProbeResult> listener) {}
    };

    @Test
    void aDiscoverThatWaitedForMoreThanThreeSecondsIsDroppedAndOneOfThreeIsAnswered() throws Exception {
        Surroundings surroundings = Surroundings.USUAL
                .under(clock)
                .ruledBy(new ConflictRules(Duration.ofHours(1), 3, new ProbeRules(true, 1, 3, 500, 10, false)))
                .beside(new Companions(holdup, arrivals, NamePolicy.NONE));
        try (RunningService service = new RunningService(folder, SUBNET, surroundings)) {
            discover(service, 1);
            held.await();
            discover(service, 2);
            nanos.addAndGet(1);
            discover(service, 3);
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(3));
            goOn.countDown();

            assertThat(service.client.receive().chaddr()).isEqualTo(LoopbackClient.mac(1));
            assertThat(service.client.receive().chaddr()).isEqualTo(LoopbackClient.mac(3));
            assertThat(service.dropped("stale")).isEqualTo(1);
        }
    }

    private void discover(RunningService service, int client) throws Exception {
        service.client.send(service.client.message(MessageType.DISCOVER, client).toBytes());
        received.acquire();
    }
}
