package io.athena.dhcpd.events.service;

import io.athena.dhcpd.core.event.ConflictEvent;
import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.event.HaEvent;
import io.athena.dhcpd.core.event.LeaseEvent;
import io.athena.dhcpd.core.event.LeaseFacts;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.option.OptionSet;
import java.util.Collections;
import java.util.Set;

/** Events that never happened, about addresses that are nobody's (RFC 5737 and RFC 7042 section 2.1.2). */
final class TestEvents {

    private static final MacAddress CLIENT = MacAddress.parse("00:00:5e:00:53:01");
    private static final Ipv4 ADDRESS = Ipv4.parse("192.0.2.105");
    private static final Ipv4 ROUTER = Ipv4.parse("192.0.2.1");
    private static final MacAddress SQUATTER = MacAddress.parse("00:00:5e:00:53:02");
    private static final Cidr SUBNET = Cidr.parse("192.0.2.0/24");
    private static final long SECONDS = 3600;

    private TestEvents() {}

    /** An event of a kind that a hook asks for: a new lease if it does ask for these, else the first of its kinds. */
    static DomainEvent forHook(Set<EventType> asked, long now) {
        EventType type =
                asked.isEmpty() || asked.contains(EventType.LEASE_ACK) ? EventType.LEASE_ACK : Collections.min(asked);
        return of(type, now);
    }

    /** An event of this kind. */
    static DomainEvent of(EventType type, long now) {
        LeaseFacts lease = lease(now);
        Conflict conflict = conflict(now);
        return switch (type) {
            case LEASE_DISCOVER -> new LeaseEvent.Discovered(lease, now);
            case LEASE_OFFER -> new LeaseEvent.Offered(lease, now);
            case LEASE_ACK -> new LeaseEvent.Granted(lease, null, now);
            case LEASE_RENEW -> new LeaseEvent.Renewed(lease, now);
            case LEASE_NAK -> new LeaseEvent.Refused(lease, DropReason.NOT_YOUR_ADDRESS, now);
            case LEASE_RELEASE -> new LeaseEvent.Released(lease, now);
            case LEASE_DECLINE -> new LeaseEvent.Declined(lease, now);
            case LEASE_EXPIRE -> new LeaseEvent.Expired(lease, now);
            case CONFLICT_DETECTED -> new ConflictEvent.Detected(conflict, null, CLIENT, now);
            case CONFLICT_DECLINE -> new ConflictEvent.Declined(conflict, null, CLIENT, now);
            case CONFLICT_RESOLVED ->
                new ConflictEvent.Resolved(conflict.ended(), null, ConflictEvent.Resolution.HOLD_EXPIRED, now);
            case CONFLICT_PERMANENT -> new ConflictEvent.Permanent(conflict, null, now);
            case HA_FAILOVER -> new HaEvent.FailedOver("standby", "active", "unreachable", now);
            case HA_SYNC_COMPLETE -> new HaEvent.SyncCompleted(1, now);
        };
    }

    private static Conflict conflict(long now) {
        return new Conflict(ADDRESS, SUBNET, Conflict.Method.ARP_PROBE, SQUATTER, now, now + SECONDS, 1, false, false);
    }

    private static LeaseFacts lease(long now) {
        OptionSet options = OptionSet.builder().put(3, ROUTER.toBytes()).build();
        return new LeaseFacts(
                ClientKey.ofHardware(CLIENT),
                CLIENT,
                null,
                ADDRESS,
                "test-client",
                null,
                SUBNET,
                new AddressRange(Ipv4.parse("192.0.2.100"), Ipv4.parse("192.0.2.200")),
                LeaseState.ACTIVE,
                new LeaseFacts.Times(now, now + SECONDS, SECONDS),
                options,
                RelayInfo.NONE,
                null,
                ROUTER);
    }
}
