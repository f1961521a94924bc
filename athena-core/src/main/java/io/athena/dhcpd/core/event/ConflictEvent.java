package io.athena.dhcpd.core.event;

import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.MacAddress;
import org.jspecify.annotations.Nullable;

/** What happens to an address that somebody else was found to use. */
public sealed interface ConflictEvent extends DomainEvent {

    /** The record as it is after the event. */
    Conflict conflict();

    /**
     * The lease that the address has, or had last, whoever's it is, as it is when this is told; without what is configured
     * around it. Null when there never was one.
     */
    @Nullable
    LeaseFacts lease();

    /**
     * A probe was answered.
     *
     * @param intendedFor the client that was to get the address; null when it was probed ahead of time
     */
    record Detected(
            Conflict conflict,
            @Nullable LeaseFacts lease,
            @Nullable MacAddress intendedFor,
            long at) implements ConflictEvent {
        @Override
        public EventType type() {
            return EventType.CONFLICT_DETECTED;
        }
    }

    /** A client declined the address. @param client its hardware address; null when it has none */
    record Declined(
            Conflict conflict,
            @Nullable LeaseFacts lease,
            @Nullable MacAddress client,
            long at) implements ConflictEvent {
        @Override
        public EventType type() {
            return EventType.CONFLICT_DECLINE;
        }
    }

    /** The address may be given again, once a probe of it stays unanswered. @param how what ended the hold */
    record Resolved(Conflict conflict, @Nullable LeaseFacts lease, Resolution how, long at) implements ConflictEvent {
        @Override
        public EventType type() {
            return EventType.CONFLICT_RESOLVED;
        }
    }

    /** The address was in conflict so often that only a person gives it back. */
    record Permanent(Conflict conflict, @Nullable LeaseFacts lease, long at) implements ConflictEvent {
        @Override
        public EventType type() {
            return EventType.CONFLICT_PERMANENT;
        }
    }

    /** What ended the hold of an address. */
    enum Resolution {
        HOLD_EXPIRED("hold_expired"),
        MANUAL_CLEAR("manual_clear");

        private final String tag;

        Resolution(String tag) {
            this.tag = tag;
        }

        /** Lower-case name, for meters, logs and JSON. */
        public String tag() {
            return tag;
        }
    }
}
