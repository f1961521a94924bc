package io.athena.dhcpd.events;

import java.util.Locale;

/** The events that hooks may ask for; {@code lease.ack} is written for {@code LEASE_ACK}. */
public enum EventName {
    LEASE_DISCOVER,
    LEASE_OFFER,
    LEASE_ACK,
    LEASE_RENEW,
    LEASE_NAK,
    LEASE_RELEASE,
    LEASE_DECLINE,
    LEASE_EXPIRE,
    CONFLICT_DETECTED,
    CONFLICT_DECLINE,
    CONFLICT_RESOLVED,
    CONFLICT_PERMANENT,
    HA_FAILOVER,
    HA_SYNC_COMPLETE;

    /** The name in configuration, environment and JSON. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
    }

    /** The event of this name. @throws IllegalArgumentException when there is none */
    static EventName of(String text) {
        for (EventName event : values()) {
            if (event.text().equals(text)) {
                return event;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not an event");
    }
}
