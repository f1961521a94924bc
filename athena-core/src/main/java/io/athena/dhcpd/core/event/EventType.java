package io.athena.dhcpd.core.event;

/** Every kind of event, under the name that hooks, webhooks and the console know it by. */
public enum EventType {
    LEASE_DISCOVER("lease.discover"),
    LEASE_OFFER("lease.offer"),
    LEASE_ACK("lease.ack"),
    LEASE_RENEW("lease.renew"),
    LEASE_NAK("lease.nak"),
    LEASE_RELEASE("lease.release"),
    LEASE_DECLINE("lease.decline"),
    LEASE_EXPIRE("lease.expire"),
    CONFLICT_DETECTED("conflict.detected"),
    CONFLICT_DECLINE("conflict.decline"),
    CONFLICT_RESOLVED("conflict.resolved"),
    CONFLICT_PERMANENT("conflict.permanent"),
    HA_FAILOVER("ha.failover"),
    HA_SYNC_COMPLETE("ha.sync_complete");

    private final String tag;

    EventType(String tag) {
        this.tag = tag;
    }

    /** The name outside the program. */
    public String tag() {
        return tag;
    }
}
