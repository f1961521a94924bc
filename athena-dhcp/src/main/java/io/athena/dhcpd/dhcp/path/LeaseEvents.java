package io.athena.dhcpd.dhcp.path;

import io.athena.dhcpd.core.engine.Answer;
import io.athena.dhcpd.core.engine.Assignment;
import io.athena.dhcpd.core.engine.LeaseObserver;
import io.athena.dhcpd.core.engine.LinkRecords;
import io.athena.dhcpd.core.event.EventPublisher;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.event.LeaseEvent;
import io.athena.dhcpd.core.event.LeaseFacts;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells of clients and leases. Nothing is built where nobody hears. What changes a lease is told once the journal is done
 * with it; {@link #changed} is told by the engines.
 */
public final class LeaseEvents implements LeaseObserver {

    /**
     * What a client had before it is granted an address.
     *
     * @param same whether it is the same address
     * @param left the address that it leaves for the new one, or null
     */
    record Before(boolean same, @Nullable Ipv4 left) {

        private static final Before NOTHING = new Before(false, null);
        private static final Before SAME = new Before(true, null);
    }

    private final EventPublisher events;
    private final LeaseSurroundings surroundings;
    private final TimeSource time;

    /** @param surroundings what is configured around an address */
    public LeaseEvents(EventPublisher events, LeaseSurroundings surroundings, TimeSource time) {
        this.events = events;
        this.surroundings = surroundings;
        this.time = time;
    }

    /** Events that nobody hears. */
    public static LeaseEvents unheard(TimeSource time) {
        ServerIdentity nobody = new ServerIdentity(null, null, List.of());
        return new LeaseEvents(EventPublisher.NONE, new LeaseSurroundings(address -> null, () -> nobody), time);
    }

    /** A DHCPDISCOVER came that is not refused at the gate. May be called on the event loop. */
    void discovered(Exchange exchange) {
        if (events.hears(EventType.LEASE_DISCOVER)) {
            Ipv4 asked = exchange.request().requestedIp();
            events.publish(new LeaseEvent.Discovered(LeaseSurroundings.of(exchange, asked), time.epochSeconds()));
        }
    }

    void offered(Exchange exchange, Assignment assignment) {
        if (events.hears(EventType.LEASE_OFFER)) {
            long now = time.epochSeconds();
            events.publish(new LeaseEvent.Offered(LeaseSurroundings.offer(exchange, assignment, now), now));
        }
    }

    void refused(Exchange exchange, DropReason reason) {
        if (events.hears(EventType.LEASE_NAK)) {
            LeaseFacts facts = LeaseSurroundings.of(exchange, exchange.request().wantedAddress());
            events.publish(new LeaseEvent.Refused(facts, reason, time.epochSeconds()));
        }
    }

    /** To be asked before the change is settled, for {@link #granted}. */
    Before before(Exchange exchange, Assignment assignment) {
        if (!events.hears(EventType.LEASE_ACK) && !events.hears(EventType.LEASE_RENEW)) {
            return Before.NOTHING;
        }
        LinkRecords records = exchange.seat().engine().records();
        Ipv4 former = records.activeAddressOf(exchange.request().key(), time.epochSeconds());
        if (former == null) {
            return Before.NOTHING;
        }
        return former.equals(assignment.address()) ? Before.SAME : new Before(false, former);
    }

    /** An ACK went out for a lease that is durable. */
    void granted(Exchange exchange, Assignment assignment, Lease lease, Before before) {
        if (!events.hears(before.same() ? EventType.LEASE_RENEW : EventType.LEASE_ACK)) {
            return;
        }
        LeaseFacts facts = LeaseFacts.of(
                lease,
                assignment.leaseSeconds(),
                LeaseSurroundings.poolOf(exchange.seat().link(), lease.ip()),
                assignment.terms().options(),
                exchange.serverId());
        long now = time.epochSeconds();
        events.publish(
                before.same() ? new LeaseEvent.Renewed(facts, now) : new LeaseEvent.Granted(facts, before.left(), now));
    }

    /** A DHCPDECLINE came. One of a lease is told by {@link #changed}; an offer has no record of its own. */
    void declined(Exchange exchange, Answer answer) {
        ClientRequest request = exchange.request();
        Ipv4 address = request.requestedIp();
        boolean counts = answer instanceof Answer.Noted
                || answer instanceof Answer.Silent silent && silent.reason() == DropReason.TOO_MANY_DECLINES;
        if (!counts || address == null || !events.hears(EventType.LEASE_DECLINE)) {
            return;
        }
        Lease record = exchange.seat().engine().records().find(address);
        boolean leased = record != null
                && record.state() == LeaseState.DECLINED
                && record.key().equals(request.key());
        if (!leased) {
            events.publish(new LeaseEvent.Declined(LeaseSurroundings.of(exchange, address), time.epochSeconds()));
        }
    }

    @Override
    public void changed(Lease lease) {
        EventType type =
                switch (lease.state()) {
                    case RELEASED -> EventType.LEASE_RELEASE;
                    case DECLINED -> EventType.LEASE_DECLINE;
                    case EXPIRED -> EventType.LEASE_EXPIRE;
                    case FREE, OFFERED, ACTIVE -> null;
                };
        if (type == null || !events.hears(type)) {
            return;
        }
        long seconds = lease.expiry() == LeaseTimes.FOREVER ? LeaseTimes.FOREVER : lease.expiry() - lease.start();
        LeaseFacts facts = surroundings.of(lease, seconds);
        long now = time.epochSeconds();
        events.publish(
                switch (type) {
                    case LEASE_RELEASE -> new LeaseEvent.Released(facts, now);
                    case LEASE_DECLINE -> new LeaseEvent.Declined(facts, now);
                    default -> new LeaseEvent.Expired(facts, now);
                });
    }
}
