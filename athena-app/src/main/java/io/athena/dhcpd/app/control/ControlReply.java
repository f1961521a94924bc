package io.athena.dhcpd.app.control;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.ddns.outbox.OutboxStatus;
import io.athena.dhcpd.ddns.outbox.UnfinishedName;
import io.athena.dhcpd.ddns.reconcile.Reconciliation;
import io.athena.dhcpd.events.hook.HookStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server answers on the control socket; the member {@code kind} tells which it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ControlReply.Status.class, name = "status"),
    @JsonSubTypes.Type(value = ControlReply.Leases.class, name = "leases"),
    @JsonSubTypes.Type(value = ControlReply.Standing.class, name = "standing"),
    @JsonSubTypes.Type(value = ControlReply.Imported.class, name = "imported"),
    @JsonSubTypes.Type(value = ControlReply.Conflicts.class, name = "conflicts"),
    @JsonSubTypes.Type(value = ControlReply.Outcome.class, name = "outcome"),
    @JsonSubTypes.Type(value = ControlReply.Hooks.class, name = "hooks"),
    @JsonSubTypes.Type(value = ControlReply.Events.class, name = "events"),
    @JsonSubTypes.Type(value = ControlReply.HistoryAnswer.class, name = "history_answer"),
    @JsonSubTypes.Type(value = ControlReply.HistoryPage.class, name = "history_page"),
    @JsonSubTypes.Type(value = ControlReply.Names.class, name = "names"),
    @JsonSubTypes.Type(value = ControlReply.UnfinishedNames.class, name = "unfinished_names"),
    @JsonSubTypes.Type(value = ControlReply.ComparedNames.class, name = "compared_names"),
    @JsonSubTypes.Type(value = ControlReply.Refused.class, name = "refused")
})
public sealed interface ControlReply {

    /**
     * How the server is doing.
     *
     * @param version its release
     * @param pid its process
     * @param startedAt since when it serves, epoch seconds
     * @param journalWritable whether leases can be made durable
     * @param waitingInterfaces interfaces it would serve but cannot yet
     * @param degradations what it serves without, and what to do about each
     */
    record Status(
            String version,
            long pid,
            long startedAt,
            boolean journalWritable,
            List<String> waitingInterfaces,
            List<String> degradations)
            implements ControlReply {}

    /** Some leases; {@code next} is the cursor of the next page, -1 when there is none. */
    record Leases(List<LeaseRow> leases, long next) implements ControlReply {}

    /**
     * What keeps addresses of one link from being given, besides leases; see {@link LeaseDesk.Standing}.
     *
     * @param next the cursor of the next link, -1 when there is none
     */
    record Standing(
            List<StandingRow.Hold> withheld,
            List<StandingRow.Excluded> excluded,
            List<StandingRow.Held> offers,
            int leftOut,
            boolean caution,
            boolean clockDoubted,
            long next)
            implements ControlReply {}

    /** For each lease of the request, in its order, why it was not imported; empty text where it was. */
    record Imported(List<String> refusals) implements ControlReply {}

    /** Some conflicts and exclusions; {@code next} is the cursor of the next page, -1 when there is none. */
    record Conflicts(List<StandingRow.Hold> conflicts, List<StandingRow.Excluded> exclusions, long next)
            implements ControlReply {}

    /** Why a wish was refused; empty text where it is done and durable. */
    record Outcome(String refusal) implements ControlReply {}

    /** How each hook fares, in the order of the file. */
    record Hooks(List<HookStatus> hooks) implements ControlReply {}

    /** Some events as JSON, the newest first; {@code next} is the cursor of the next page, 0 when there is none. */
    record Events(List<String> events, long next) implements ControlReply {}

    /**
     * Who had an address.
     *
     * @param verdict held, nobody, before or off
     * @param entry who, null unless it was held
     * @param since when the history begins, or was off from; 0 where that does not matter
     */
    record HistoryAnswer(String verdict, @Nullable HistoryRow entry, long since) implements ControlReply {}

    /**
     * Some entries, the newest first.
     *
     * @param next the cursor of the next page, empty when there is none
     * @param reach from when on the history is complete, epoch seconds; 0 when it has not begun
     */
    record HistoryPage(List<HistoryRow> entries, String next, long reach) implements ControlReply {}

    /** How names in DNS fare; {@code status} is null where dynamic DNS is off. */
    record Names(@Nullable OutboxStatus status) implements ControlReply {}

    /** Some names that are not done yet, in ascending order of address; none when there are no more. */
    record UnfinishedNames(List<UnfinishedName> names) implements ControlReply {}

    /** The comparison of leases with DNS, as far as it is; null when there was none. */
    record ComparedNames(@Nullable Reconciliation reconciliation) implements ControlReply {}

    /** The request was not understood or could not be carried out. */
    record Refused(String reason) implements ControlReply {}
}
