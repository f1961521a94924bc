package io.athena.dhcpd.core.event;

import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.net.Ipv4;
import org.jspecify.annotations.Nullable;

/** What happens between a client and the server (RFC 2131 section 3). */
public sealed interface LeaseEvent extends DomainEvent {

    /** What is known of the client and its lease. */
    LeaseFacts lease();

    /** The address that the client had until then, where this event gives it another one; else null. */
    default @Nullable Ipv4 oldIp() {
        return null;
    }

    /** A DHCPDISCOVER came; the address is the one that was asked for. */
    record Discovered(LeaseFacts lease, long at) implements LeaseEvent {
        @Override
        public EventType type() {
            return EventType.LEASE_DISCOVER;
        }
    }

    /** A DHCPOFFER went out. */
    record Offered(LeaseFacts lease, long at) implements LeaseEvent {
        @Override
        public EventType type() {
            return EventType.LEASE_OFFER;
        }
    }

    /** A DHCPACK or BOOTP reply went out that gives a client an address which it did not have. */
    record Granted(LeaseFacts lease, @Nullable Ipv4 oldIp, long at) implements LeaseEvent {
        @Override
        public EventType type() {
            return EventType.LEASE_ACK;
        }
    }

    /** A DHCPACK went out to a client that has the address already; INIT-REBOOT is one of the ways to ask for it. */
    record Renewed(LeaseFacts lease, long at) implements LeaseEvent {
        @Override
        public EventType type() {
            return EventType.LEASE_RENEW;
        }
    }

    /** A DHCPNAK went out; the address is the one that was refused. */
    record Refused(LeaseFacts lease, DropReason reason, long at) implements LeaseEvent {
        @Override
        public EventType type() {
            return EventType.LEASE_NAK;
        }
    }

    /** The client gave its address back, or left it for another one. */
    record Released(LeaseFacts lease, long at) implements LeaseEvent {
        @Override
        public EventType type() {
            return EventType.LEASE_RELEASE;
        }
    }

    /** The client found its address in use by somebody else. */
    record Declined(LeaseFacts lease, long at) implements LeaseEvent {
        @Override
        public EventType type() {
            return EventType.LEASE_DECLINE;
        }
    }

    /** The lease time is over. */
    record Expired(LeaseFacts lease, long at) implements LeaseEvent {
        @Override
        public EventType type() {
            return EventType.LEASE_EXPIRE;
        }
    }
}
