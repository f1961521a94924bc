package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.engine.ConflictProbe;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.EventPublisher;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.event.LeaseEvent;
import io.athena.dhcpd.core.event.LeaseFacts;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told of clients and leases, through the whole service. */
@Timeout(300)
class LeaseEventsTest {

    private static final String SUBNET = """
            [[subnet]]
            network = "127.0.0.0/8"
            routers = ["127.0.0.1"]
            domain_name = "example.net"
            lease_time = "1h"
            [[subnet.pool]]
            range_start = "127.0.1.1"
            range_end = "127.0.1.9"
            """;
    private static final AddressRange POOL = new AddressRange(Ipv4.parse("127.0.1.1"), Ipv4.parse("127.0.1.9"));
    private static final Ipv4 SERVER = Ipv4.parse("127.0.0.1");
    private static final Set<EventType> LEASES = EnumSet.range(EventType.LEASE_DISCOVER, EventType.LEASE_EXPIRE);

    @TempDir
    Path folder;

    private final AtomicLong secondsAhead = new AtomicLong();

    @Test
    void aNewLeaseIsToldFromDiscoverToAckWithAllThatIsKnownOfIt() throws Exception {
        Told told = new Told(LEASES);
        try (RunningService service = start(told)) {
            DhcpPacket offer = service.client.exchange(service.client
                    .message(MessageType.DISCOVER, 1)
                    .option(12, "device-1".getBytes(StandardCharsets.US_ASCII))
                    .option(50, POOL.first().plus(3)));
            LeaseEvent.Discovered discovered = told.next(LeaseEvent.Discovered.class);
            assertThat(discovered.lease().mac()).isEqualTo(LoopbackClient.mac(1));
            assertThat(discovered.lease().ip()).isEqualTo(POOL.first().plus(3));
            assertThat(discovered.lease().subnet()).isEqualTo(Cidr.parse("127.0.0.0/8"));
            assertThat(discovered.lease().hostname()).isEqualTo("device-1");
            assertThat(discovered.lease().times()).isNull();

            LeaseFacts offered = told.next(LeaseEvent.Offered.class).lease();
            assertThat(offered.ip()).isEqualTo(offer.yiaddr());
            assertThat(offered.state()).isEqualTo(LeaseState.OFFERED);
            assertThat(offered.times().seconds()).isEqualTo(3600);

            service.client.exchange(service.client
                    .message(MessageType.REQUEST, 1)
                    .option(12, "device-1".getBytes(StandardCharsets.US_ASCII))
                    .option(50, offer.yiaddr())
                    .option(54, offer.serverId()));
            LeaseEvent.Granted granted = told.next(LeaseEvent.Granted.class);
            LeaseFacts lease = granted.lease();
            assertThat(lease.ip()).isEqualTo(offer.yiaddr());
            assertThat(lease.state()).isEqualTo(LeaseState.ACTIVE);
            assertThat(lease.hostname()).isEqualTo("device-1");
            assertThat(lease.pool()).isEqualTo(POOL);
            assertThat(lease.times().seconds()).isEqualTo(3600);
            assertThat(lease.times().expiry() - lease.times().start()).isEqualTo(3600);
            assertThat(lease.options().get(15)).asString().isEqualTo("example.net");
            assertThat(lease.serverId()).isEqualTo(offer.serverId());
            assertThat(granted.oldIp()).isNull();
            assertThat(granted.at())
                    .isBetween(lease.times().start(), TimeSource.system().epochSeconds());
            told.nothingMore(service);
        }
    }

    @Test
    void renewingAndRebootingAreTellingsOfAnOldLeaseAlsoWithinItsFirstSecond() throws Exception {
        Told told = new Told(EnumSet.of(EventType.LEASE_ACK, EventType.LEASE_RENEW));
        try (RunningService service = start(told)) {
            Ipv4 address = service.client.lease(1);
            told.next(LeaseEvent.Granted.class);
            service.client.renew(1, address);
            assertThat(told.next(LeaseEvent.Renewed.class).lease().ip()).isEqualTo(address);
            service.client.reboot(1, address);
            told.next(LeaseEvent.Renewed.class);
            service.client.lease(1);
            told.next(LeaseEvent.Renewed.class);
            told.nothingMore(service);
        }
    }

    @Test
    void aRequestThatIsRepeatedIsToldOnce() throws Exception {
        Told told = new Told(EnumSet.of(EventType.LEASE_ACK, EventType.LEASE_RENEW));
        try (RunningService service = start(told)) {
            Ipv4 address = service.client.lease(1);
            told.next(LeaseEvent.Granted.class);
            byte[] renewal = service.client
                    .message(MessageType.REQUEST, 1)
                    .ciaddr(address)
                    .toBytes();
            service.client.send(renewal);
            service.client.receive();
            told.next(LeaseEvent.Renewed.class);
            service.client.send(renewal);
            assertThat(service.client.receive()).isNotNull();
            told.nothingMore(service);
        }
    }

    @Test
    void aReleaseIsToldAndSoIsANakWithItsReason() throws Exception {
        Told told = new Told(EnumSet.of(EventType.LEASE_RELEASE, EventType.LEASE_NAK));
        try (RunningService service = start(told)) {
            Ipv4 address = service.client.lease(1);
            service.client.send(service.client
                    .message(MessageType.RELEASE, 1)
                    .ciaddr(address)
                    .toBytes());
            LeaseFacts released = told.next(LeaseEvent.Released.class).lease();
            assertThat(released.ip()).isEqualTo(address);
            assertThat(released.state()).isEqualTo(LeaseState.RELEASED);
            assertThat(released.options().get(15)).asString().isEqualTo("example.net");
            assertThat(released.pool()).isEqualTo(POOL);
            assertThat(released.serverId()).isEqualTo(SERVER);

            Ipv4 elsewhere = Ipv4.parse("192.168.77.1");
            assertThat(service.client.reboot(1, elsewhere).type()).isEqualTo(MessageType.NAK);
            LeaseEvent.Refused refused = told.next(LeaseEvent.Refused.class);
            assertThat(refused.reason()).isInstanceOf(DropReason.class);
            assertThat(refused.lease().ip()).isEqualTo(elsewhere);
            assertThat(refused.lease().subnet()).isEqualTo(Cidr.parse("127.0.0.0/8"));
            told.nothingMore(service);
        }
    }

    @Test
    void aDeclineIsToldOnceWhetherOfALeaseOrOfAnOffer() throws Exception {
        Told told = new Told(EnumSet.of(EventType.LEASE_DECLINE));
        try (RunningService service = start(told)) {
            Ipv4 leased = service.client.lease(1);
            decline(service, 1, leased);
            LeaseFacts lease = told.next(LeaseEvent.Declined.class).lease();
            assertThat(lease.ip()).isEqualTo(leased);
            assertThat(lease.state()).isEqualTo(LeaseState.DECLINED);
            assertThat(lease.serverId()).isEqualTo(SERVER);

            DhcpPacket offer = service.client.exchange(service.client.message(MessageType.DISCOVER, 2));
            decline(service, 2, offer.yiaddr());
            LeaseFacts offered = told.next(LeaseEvent.Declined.class).lease();
            assertThat(offered.ip()).isEqualTo(offer.yiaddr());
            assertThat(offered.mac()).isEqualTo(LoopbackClient.mac(2));

            decline(service, 3, leased);
            service.client.lease(3);
            told.nothingMore(service);
        }
    }

    @Test
    void anExpiryIsToldWhenItsTimeHasCome() throws Exception {
        Told told = new Told(EnumSet.of(EventType.LEASE_EXPIRE));
        try (RunningService service = start(told)) {
            Ipv4 address = service.client.lease(1);
            told.nothingMore(service);
            secondsAhead.set(3601);
            LeaseEvent.Expired expired = told.next(LeaseEvent.Expired.class);
            assertThat(expired.lease().ip()).isEqualTo(address);
            assertThat(expired.lease().state()).isEqualTo(LeaseState.EXPIRED);
            assertThat(expired.lease().serverId()).isEqualTo(SERVER);
            assertThat(expired.lease().times().seconds()).isEqualTo(3600);
        }
    }

    @Test
    void aClientThatTakesAnotherAddressIsToldWithItsOldOneAndThatIsGivenBack() throws Exception {
        Told told = new Told(EnumSet.of(EventType.LEASE_ACK, EventType.LEASE_RELEASE));
        String moved = SUBNET + """
                [[subnet.reservation]]
                mac = "%s"
                ip = "127.0.2.7"
                """.formatted(LoopbackClient.mac(1));
        try (RunningService service = start(told)) {
            Ipv4 old = service.client.lease(1);
            told.next(LeaseEvent.Granted.class);
            service.reload(moved);
            Ipv4 now = service.client.lease(1);
            assertThat(now).isEqualTo(Ipv4.parse("127.0.2.7"));
            LeaseEvent.Granted granted = told.next(LeaseEvent.Granted.class);
            assertThat(granted.lease().ip()).isEqualTo(now);
            assertThat(granted.lease().pool()).isNull();
            assertThat(granted.oldIp()).isEqualTo(old);
            assertThat(told.next(LeaseEvent.Released.class).lease().ip()).isEqualTo(old);
        }
    }

    @Test
    void whereNobodyHearsNothingIsBuilt() throws Exception {
        Told told = new Told(EnumSet.noneOf(EventType.class));
        try (RunningService service = start(told)) {
            Ipv4 address = service.client.lease(1);
            service.client.renew(1, address);
            service.client.send(service.client
                    .message(MessageType.RELEASE, 1)
                    .ciaddr(address)
                    .toBytes());
            service.client.lease(2);
            told.nothingMore(service);
        }
    }

    private RunningService start(Told told) throws Exception {
        TimeSource movable = new TimeSource() {
            @Override
            public long epochSeconds() {
                return TimeSource.system().epochSeconds() + secondsAhead.get();
            }

            @Override
            public long nanoTime() {
                return 0;
            }
        };
        Surroundings surroundings =
                Surroundings.USUAL.under(movable).beside(new Companions(ConflictProbe.NONE, told, NamePolicy.NONE));
        return new RunningService(folder, SUBNET, surroundings);
    }

    private static void decline(RunningService service, int client, Ipv4 address) throws Exception {
        service.client.send(service.client
                .message(MessageType.DECLINE, client)
                .option(50, address)
                .toBytes());
    }

    /** Keeps what is told, and fails when it is told of what it does not hear. */
    private static final class Told implements EventPublisher {
        private final Set<EventType> types;
        private final BlockingQueue<DomainEvent> events = new LinkedBlockingQueue<>();
        private final List<DomainEvent> unasked = new ArrayList<>();

        Told(Set<EventType> types) {
            this.types = types;
        }

        @Override
        public boolean hears(EventType type) {
            return types.contains(type);
        }

        @Override
        public void publish(DomainEvent event) {
            if (hears(event.type())) {
                events.add(event);
            } else {
                synchronized (unasked) {
                    unasked.add(event);
                }
            }
        }

        <T> T next(Class<T> kind) throws InterruptedException {
            DomainEvent event = events.poll(60, TimeUnit.SECONDS);
            assertThat(event).isInstanceOf(kind);
            return kind.cast(event);
        }

        /** Whatever the lane has told, or was about to tell when the last answer left, is here when it answers. */
        void nothingMore(RunningService service) throws Exception {
            service.lease(POOL.first());
            synchronized (unasked) {
                assertThat(unasked).isEmpty();
            }
            assertThat(events).isEmpty();
        }
    }
}
