package io.athena.dhcpd.app.control;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a client of the control socket may ask; the member {@code verb} tells which it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verb")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ControlRequest.Status.class, name = "status"),
    @JsonSubTypes.Type(value = ControlRequest.PageLeases.class, name = "leases.page"),
    @JsonSubTypes.Type(value = ControlRequest.FindLease.class, name = "leases.find"),
    @JsonSubTypes.Type(value = ControlRequest.Standing.class, name = "standing"),
    @JsonSubTypes.Type(value = ControlRequest.ImportLeases.class, name = "leases.import"),
    @JsonSubTypes.Type(value = ControlRequest.PageConflicts.class, name = "conflicts.page"),
    @JsonSubTypes.Type(value = ControlRequest.ClearConflict.class, name = "conflicts.clear"),
    @JsonSubTypes.Type(value = ControlRequest.Exclude.class, name = "conflicts.exclude"),
    @JsonSubTypes.Type(value = ControlRequest.Include.class, name = "conflicts.include"),
    @JsonSubTypes.Type(value = ControlRequest.Hooks.class, name = "hooks.list"),
    @JsonSubTypes.Type(value = ControlRequest.TestHook.class, name = "hooks.test"),
    @JsonSubTypes.Type(value = ControlRequest.PageEvents.class, name = "events.page"),
    @JsonSubTypes.Type(value = ControlRequest.HistoryAt.class, name = "history.at"),
    @JsonSubTypes.Type(value = ControlRequest.PageHistory.class, name = "history.page"),
    @JsonSubTypes.Type(value = ControlRequest.Names.class, name = "names.status"),
    @JsonSubTypes.Type(value = ControlRequest.PageNames.class, name = "names.page"),
    @JsonSubTypes.Type(value = ControlRequest.ReconcileNames.class, name = "names.reconcile"),
    @JsonSubTypes.Type(value = ControlRequest.Reconciliation.class, name = "names.reconciliation")
})
public sealed interface ControlRequest {

    /** How the server is doing; answered with {@link ControlReply.Status}. */
    record Status() implements ControlRequest {}

    /** Leases from a cursor on, at first 0; answered with {@link ControlReply.Leases}. */
    record PageLeases(long cursor, int limit) implements ControlRequest {}

    /** The lease of one address; answered with {@link ControlReply.Leases} of none or one. */
    record FindLease(String ip) implements ControlRequest {
        public FindLease {
            Objects.requireNonNull(ip, "ip");
        }
    }

    /** What stands in one link besides leases, from a cursor on, at first 0; answered with {@link ControlReply.Standing}. */
    record Standing(long cursor) implements ControlRequest {}

    /** Leases to take over, at most a page of them; answered with {@link ControlReply.Imported}. */
    record ImportLeases(List<LeaseRow> leases) implements ControlRequest {
        public ImportLeases {
            leases = List.copyOf(leases);
        }
    }

    /** What concerns conflicts and exclusions. */
    sealed interface AboutConflicts extends ControlRequest {}

    /** Conflicts and exclusions from a cursor on, at first 0; answered with {@link ControlReply.Conflicts}. */
    record PageConflicts(long cursor) implements AboutConflicts {}

    /** Ends the conflict of an address; answered with {@link ControlReply.Outcome}. */
    record ClearConflict(String ip) implements AboutConflicts {
        public ClearConflict {
            Objects.requireNonNull(ip, "ip");
        }
    }

    /**
     * Takes an address out of allocation, in the name of the user who is connected; answered with {@link
     * ControlReply.Outcome}.
     */
    record Exclude(String ip, String reason) implements AboutConflicts {
        public Exclude {
            Objects.requireNonNull(ip, "ip");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Undoes an exclusion; answered with {@link ControlReply.Outcome}. */
    record Include(String ip) implements AboutConflicts {
        public Include {
            Objects.requireNonNull(ip, "ip");
        }
    }

    /** What concerns events and hooks. */
    sealed interface AboutEvents extends ControlRequest {}

    /** How the hooks fare; answered with {@link ControlReply.Hooks}. */
    record Hooks() implements AboutEvents {}

    /** Gives a hook a test event; answered with {@link ControlReply.Outcome}. */
    record TestHook(String name) implements AboutEvents {
        public TestHook {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * The latest events of a kind; answered with {@link ControlReply.Events}.
     *
     * @param type a name, a pattern, or empty for all
     * @param before the cursor of the reply before, or the highest number
     */
    record PageEvents(String type, int limit, long before) implements AboutEvents {
        public PageEvents {
            Objects.requireNonNull(type, "type");
        }
    }

    /** What concerns the history. */
    sealed interface AboutHistory extends ControlRequest {}

    /** Who had an address at a time, epoch seconds; answered with {@link ControlReply.HistoryAnswer}. */
    record HistoryAt(String ip, long at) implements AboutHistory {
        public HistoryAt {
            Objects.requireNonNull(ip, "ip");
        }
    }

    /**
     * Entries of the history, the newest first; answered with {@link ControlReply.HistoryPage}.
     *
     * @param ip of this address, or null for all
     * @param mac of this hardware address, or null for all
     * @param clientId of this client identifier, or null for all
     * @param since not before, epoch seconds
     * @param until not after, epoch seconds
     * @param cursor the {@code next} of the reply before, or empty
     */
    record PageHistory(
            @Nullable String ip,
            @Nullable String mac,
            @Nullable String clientId,
            long since,
            long until,
            String cursor,
            int limit)
            implements AboutHistory {
        public PageHistory {
            Objects.requireNonNull(cursor, "cursor");
        }
    }

    /** What concerns names in DNS. */
    sealed interface AboutNames extends ControlRequest {}

    /** How names fare; answered with {@link ControlReply.Names}. */
    record Names() implements AboutNames {}

    /** Names that are not done yet, of addresses above this one; answered with {@link ControlReply.UnfinishedNames}. */
    record PageNames(String after) implements AboutNames {
        public PageNames {
            Objects.requireNonNull(after, "after");
        }
    }

    /** Compares leases with DNS, in the background; answered with {@link ControlReply.Outcome}. */
    record ReconcileNames(boolean repair) implements AboutNames {}

    /** The comparison that runs or ran last; answered with {@link ControlReply.ComparedNames}. */
    record Reconciliation() implements AboutNames {}
}
