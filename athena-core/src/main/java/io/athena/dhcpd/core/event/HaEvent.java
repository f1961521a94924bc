package io.athena.dhcpd.core.event;

/** What happens between the two nodes of a pair. */
public sealed interface HaEvent extends DomainEvent {

    /**
     * The role of this node changed. The names are those that other parts of the program and the console use.
     *
     * @param oldRole what it was until then
     * @param newRole what it is from now on
     * @param peerState what this node knows of the other one
     */
    record FailedOver(String oldRole, String newRole, String peerState, long at) implements HaEvent {
        @Override
        public EventType type() {
            return EventType.HA_FAILOVER;
        }
    }

    /** Both nodes have the same leases again. @param leases how many were taken over for that */
    record SyncCompleted(long leases, long at) implements HaEvent {
        @Override
        public EventType type() {
            return EventType.HA_SYNC_COMPLETE;
        }
    }
}
