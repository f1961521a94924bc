package io.athena.dhcpd.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.journal.LeaseFixtures;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.option.OptionSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names that scripts and webhooks filter by are a promise. */
class EventNamesTest {

    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");
    private static final Conflict CONFLICT = new Conflict(
            Ipv4.parse("10.0.0.9"),
            Cidr.parse("10.0.0.0/24"),
            Conflict.Method.ARP_PROBE,
            MAC,
            1_000,
            4_600,
            1,
            false,
            false);
    private static final LeaseFacts LEASE = new LeaseFacts(
            ClientKey.ofHardware(MAC),
            MAC,
            null,
            Ipv4.parse("10.0.0.9"),
            null,
            null,
            null,
            null,
            null,
            null,
            OptionSet.EMPTY,
            RelayInfo.NONE,
            null,
            null);

    private static final List<DomainEvent> LEASE_EVENTS = List.of(
            new LeaseEvent.Discovered(LEASE, 7),
            new LeaseEvent.Offered(LEASE, 7),
            new LeaseEvent.Granted(LEASE, null, 7),
            new LeaseEvent.Renewed(LEASE, 7),
            new LeaseEvent.Refused(LEASE, DropReason.NOT_YOUR_ADDRESS, 7),
            new LeaseEvent.Released(LEASE, 7),
            new LeaseEvent.Declined(LEASE, 7),
            new LeaseEvent.Expired(LEASE, 7));
    private static final List<DomainEvent> CONFLICT_EVENTS = List.of(
            new ConflictEvent.Detected(CONFLICT, MAC, 7),
            new ConflictEvent.Declined(CONFLICT, MAC, 7),
            new ConflictEvent.Resolved(CONFLICT, ConflictEvent.Resolution.HOLD_EXPIRED, 7),
            new ConflictEvent.Permanent(CONFLICT, 7));

    @Test
    void everyEventHasTheNameThatItIsKnownByOutside() {
        assertThat(Stream.concat(LEASE_EVENTS.stream(), CONFLICT_EVENTS.stream())
                        .map(event -> event.type().tag()))
                .containsExactly(
                        "lease.discover",
                        "lease.offer",
                        "lease.ack",
                        "lease.renew",
                        "lease.nak",
                        "lease.release",
                        "lease.decline",
                        "lease.expire",
                        "conflict.detected",
                        "conflict.decline",
                        "conflict.resolved",
                        "conflict.permanent");
        assertThat(Stream.of(EventType.values()).map(EventType::tag)).contains("ha.failover", "ha.sync_complete");
    }

    @Test
    void aResolvedConflictSaysWhatEndedIt() {
        assertThat(ConflictEvent.Resolution.HOLD_EXPIRED.tag()).isEqualTo("hold_expired");
        assertThat(ConflictEvent.Resolution.MANUAL_CLEAR.tag()).isEqualTo("manual_clear");
    }

    @Test
    void onlyAGrantNamesAnAddressThatTheClientLeft() {
        Ipv4 left = Ipv4.parse("10.0.0.7");
        assertThat(new LeaseEvent.Granted(LEASE, left, 7).oldIp()).isEqualTo(left);
        assertThat(LEASE_EVENTS).allSatisfy(event -> {
            assertThat(event.at()).isEqualTo(7);
            assertThat(((LeaseEvent) event).oldIp()).isNull();
            assertThat(((LeaseEvent) event).lease()).isEqualTo(LEASE);
        });
    }

    @Test
    void theFactsOfALeaseAreThoseOfItsRecord() {
        Lease lease = LeaseFixtures.lease(3);
        LeaseFacts facts = LeaseFacts.of(lease, 600, null, OptionSet.EMPTY, null);
        assertThat(facts.key()).isEqualTo(lease.key());
        assertThat(facts.ip()).isEqualTo(lease.ip());
        assertThat(facts.subnet()).isEqualTo(lease.subnet());
        assertThat(facts.state()).isEqualTo(lease.state());
        assertThat(facts.times()).isEqualTo(new LeaseFacts.Times(lease.start(), lease.expiry(), 600));
    }

    @Test
    void aListenerThatNeverSaidWhenIsNotWokenForNothing() throws InterruptedException {
        EventListener listener = event -> {};
        assertThat(listener.idle()).isEqualTo(EventListener.NOTHING_LEFT);
    }

    @Test
    void withoutListenersNothingIsHeardAndNothingHappens() {
        assertThat(EventPublisher.NONE.hears(EventType.LEASE_ACK)).isFalse();
        EventPublisher.NONE.publish(CONFLICT_EVENTS.get(0));
    }
}
