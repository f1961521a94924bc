package io.athena.dhcpd.app.control;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.service.NamesDesk;
import java.util.concurrent.CompletableFuture;

/** What may be asked about names in DNS over the control socket. */
final class NameVerbs {

    /** As many as surely fit into a frame. */
    private static final int MOST_NAMES = 100;

    private final NamesDesk desk;

    NameVerbs(NamesDesk desk) {
        this.desk = desk;
    }

    /** Carries out a request. @throws IllegalArgumentException when it names no address */
    CompletableFuture<ControlReply> answer(ControlRequest.AboutNames request) {
        if (request instanceof ControlRequest.PageNames page) {
            return desk.unfinished(Ipv4.parse(page.after()), MOST_NAMES).thenApply(ControlReply.UnfinishedNames::new);
        }
        return CompletableFuture.completedFuture(atOnce(request));
    }

    private ControlReply atOnce(ControlRequest.AboutNames request) {
        if (request instanceof ControlRequest.ReconcileNames wish) {
            return new ControlReply.Outcome(desk.reconcile(wish.repair()));
        }
        if (request instanceof ControlRequest.Reconciliation) {
            return new ControlReply.ComparedNames(desk.reconciliation().orElse(null));
        }
        return new ControlReply.Names(desk.status().orElse(null));
    }
}
