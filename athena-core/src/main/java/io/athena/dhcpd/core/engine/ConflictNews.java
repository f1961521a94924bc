package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.event.ConflictEvent;
import io.athena.dhcpd.core.event.EventPublisher;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.event.LeaseFacts;
import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells of conflicts once the journal is done with their records. A record that it lost is told all the same: the
 * address is withheld, or given back, by what is in memory. Damage is no conflict and told to nobody.
 */
final class ConflictNews {

    private final EventPublisher events;
    private final CommitQueue commits;
    private final LeaseTable table;

    ConflictNews(EventPublisher events, CommitQueue commits, LeaseTable table) {
        this.events = events;
        this.commits = commits;
        this.table = table;
    }

    void detected(Conflict conflict, @Nullable MacAddress intendedFor, long sequence) {
        tell(
                sequence,
                EventType.CONFLICT_DETECTED,
                () -> new ConflictEvent.Detected(conflict, lease(conflict), intendedFor, conflict.detectedAt()));
    }

    /** A person cleared it, and the record of that is durable. */
    void cleared(Conflict conflict, long now) {
        if (isTold(conflict) && events.hears(EventType.CONFLICT_RESOLVED)) {
            events.publish(
                    new ConflictEvent.Resolved(conflict, lease(conflict), ConflictEvent.Resolution.MANUAL_CLEAR, now));
        }
    }

    void declined(Conflict conflict, @Nullable MacAddress client, long sequence) {
        tell(
                sequence,
                EventType.CONFLICT_DECLINE,
                () -> new ConflictEvent.Declined(conflict, lease(conflict), client, conflict.detectedAt()));
    }

    void permanent(Conflict conflict, long sequence) {
        tell(
                sequence,
                EventType.CONFLICT_PERMANENT,
                () -> new ConflictEvent.Permanent(conflict, lease(conflict), conflict.detectedAt()));
    }

    void holdEnded(Conflict conflict, long now, long sequence) {
        if (isTold(conflict)) {
            tell(
                    sequence,
                    EventType.CONFLICT_RESOLVED,
                    () -> new ConflictEvent.Resolved(
                            conflict, lease(conflict), ConflictEvent.Resolution.HOLD_EXPIRED, now));
        }
    }

    private @Nullable LeaseFacts lease(Conflict conflict) {
        int slot = table.slotOf(conflict.ip());
        byte[] image = slot < 0 ? null : table.imageOf(slot);
        return image == null ? null : LeaseFacts.recorded(Images.lease(image));
    }

    private static boolean isTold(Conflict conflict) {
        return conflict.method() != Conflict.Method.DAMAGED_RECORD;
    }

    private void tell(long sequence, EventType type, Supplier<ConflictEvent> event) {
        if (!events.hears(type)) {
            return;
        }
        if (sequence == LeaseJournal.REFUSED) {
            events.publish(event.get());
        } else {
            commits.afterwards(sequence, durable -> events.publish(event.get()));
        }
    }
}
