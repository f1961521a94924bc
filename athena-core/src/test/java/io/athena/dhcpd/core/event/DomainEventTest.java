package io.athena.dhcpd.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.option.OptionSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DomainEventTest {

    private static final long AT = 1000;
    private static final Ipv4 ADDRESS = Ipv4.parse("10.0.0.5");
    private static final Cidr SUBNET = Cidr.parse("10.0.0.0/24");
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");

    @Test
    void everyEventIsOfTheKindThatOthersKnowItBy() {
        LeaseFacts facts = facts();
        Conflict conflict = new Conflict(ADDRESS, SUBNET, Conflict.Method.ARP_PROBE, MAC, AT, AT + 60, 1, false, false);
        List<DomainEvent> events = List.of(
                new LeaseEvent.Discovered(facts, AT),
                new LeaseEvent.Offered(facts, AT),
                new LeaseEvent.Granted(facts, null, AT),
                new LeaseEvent.Renewed(facts, AT),
                new LeaseEvent.Refused(facts, DropReason.NOT_YOUR_ADDRESS, AT),
                new LeaseEvent.Released(facts, AT),
                new LeaseEvent.Declined(facts, AT),
                new LeaseEvent.Expired(facts, AT),
                new ConflictEvent.Detected(conflict, null, null, AT),
                new ConflictEvent.Declined(conflict, null, MAC, AT),
                new ConflictEvent.Resolved(conflict, null, ConflictEvent.Resolution.HOLD_EXPIRED, AT),
                new ConflictEvent.Permanent(conflict, null, AT),
                new HaEvent.FailedOver("standby", "active", "unreachable", AT),
                new HaEvent.SyncCompleted(3, AT));
        assertThat(events)
                .extracting(event -> event.type().tag())
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
                        "conflict.permanent",
                        "ha.failover",
                        "ha.sync_complete");
        assertThat(events).extracting(DomainEvent::at).containsOnly(AT);
    }

    @Test
    void onlyAnAckTellsOfAnAddressThatWasLeft() {
        Ipv4 old = Ipv4.parse("10.0.0.9");
        assertThat(new LeaseEvent.Granted(facts(), old, AT).oldIp()).isEqualTo(old);
        assertThat(new LeaseEvent.Renewed(facts(), AT).oldIp()).isNull();
    }

    @Test
    void theFactsOfALeaseAreTheLeases() {
        LeaseFacts facts = facts();
        assertThat(facts.key()).isEqualTo(ClientKey.ofHardware(MAC));
        assertThat(facts.ip()).isEqualTo(ADDRESS);
        assertThat(facts.hostname()).isEqualTo("printer");
        assertThat(facts.fqdn()).isEqualTo("printer.example.net");
        assertThat(facts.subnet()).isEqualTo(SUBNET);
        assertThat(facts.state()).isEqualTo(LeaseState.ACTIVE);
        assertThat(facts.times()).isEqualTo(new LeaseFacts.Times(AT - 60, AT + 3600, 3600));
        assertThat(facts.relay().giaddr()).isEqualTo(Ipv4.parse("10.0.0.2"));
        assertThat(facts.relay().circuitId()).containsExactly(1, 2);
        assertThat(facts.serverId()).isEqualTo(Ipv4.parse("10.0.0.1"));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void whereNobodyListensNothingIsHeard(EventType type) {
        EventPublisher.NONE.publish(new LeaseEvent.Expired(facts(), AT));
        assertThat(EventPublisher.NONE.hears(type)).isFalse();
        assertThat(type.tag()).matches("(lease|conflict|ha)\\.[a-z_]+");
    }

    @Test
    void aListenerHasNothingLeftUnlessItSaysSo() throws InterruptedException {
        EventListener listener = event -> {};
        listener.heard(new LeaseEvent.Expired(facts(), AT));
        listener.ended();
        assertThat(listener.idle()).isEqualTo(EventListener.NOTHING_LEFT);
    }

    private static LeaseFacts facts() {
        Lease lease = new Lease(
                ADDRESS,
                LeaseState.ACTIVE,
                ClientKey.ofHardware(MAC),
                MAC,
                null,
                "printer",
                "printer.example.net",
                AT - 60,
                AT + 3600,
                SUBNET,
                ADDRESS,
                Ipv4.parse("10.0.0.2"),
                null,
                new byte[] {1, 2},
                null,
                null,
                AT,
                AT,
                null);
        AddressRange pool = new AddressRange(ADDRESS, ADDRESS.plus(10));
        return LeaseFacts.of(lease, 3600, pool, OptionSet.EMPTY, Ipv4.parse("10.0.0.1"));
    }
}
