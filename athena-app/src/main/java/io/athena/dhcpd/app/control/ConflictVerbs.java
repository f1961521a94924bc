package io.athena.dhcpd.app.control;

import io.athena.dhcpd.core.engine.ConflictDesk;
import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.concurrent.CompletableFuture;

/** What may be asked about conflicts over the control socket. */
final class ConflictVerbs {

    private final ConflictDesk desk;

    ConflictVerbs(ConflictDesk desk) {
        this.desk = desk;
    }

    /**
     * Carries out a request.
     *
     * @param user who asks, as the kernel knows
     * @throws IllegalArgumentException when it is about no address
     */
    CompletableFuture<? extends ControlReply> answer(ControlRequest.AboutConflicts request, String user) {
        if (request instanceof ControlRequest.PageConflicts page) {
            return desk.page(page.cursor()).thenApply(ConflictVerbs::shown);
        }
        if (request instanceof ControlRequest.ClearConflict clear) {
            return desk.clear(Ipv4.parse(clear.ip())).thenApply(ConflictVerbs::outcome);
        }
        if (request instanceof ControlRequest.Exclude exclude) {
            return desk.exclude(new Exclusion(Ipv4.parse(exclude.ip()), exclude.reason(), user, 0))
                    .thenApply(ConflictVerbs::outcome);
        }
        ControlRequest.Include include = (ControlRequest.Include) request;
        return desk.include(Ipv4.parse(include.ip())).thenApply(ConflictVerbs::outcome);
    }

    private static ControlReply.Conflicts shown(ConflictDesk.Page page) {
        return new ControlReply.Conflicts(
                page.conflicts().stream().map(StandingRow.Hold::of).toList(),
                page.exclusions().stream().map(StandingRow.Excluded::of).toList(),
                page.next());
    }

    private static ControlReply.Outcome outcome(ConflictDesk.Outcome outcome) {
        return new ControlReply.Outcome(outcome.done() ? "" : outcome.refusal());
    }
}
