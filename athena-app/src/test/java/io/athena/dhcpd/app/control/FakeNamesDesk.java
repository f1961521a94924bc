package io.athena.dhcpd.app.control;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.outbox.OutboxStatus;
import io.athena.dhcpd.ddns.outbox.ServerStatus;
import io.athena.dhcpd.ddns.outbox.UnfinishedName;
import io.athena.dhcpd.ddns.reconcile.Drift;
import io.athena.dhcpd.ddns.reconcile.Reconciliation;
import io.athena.dhcpd.ddns.service.NamesDesk;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Names that wait, and a comparison that was made. */
final class FakeNamesDesk implements NamesDesk {

    static final OutboxStatus STATUS =
            new OutboxStatus(2, 1, 0, List.of(new ServerStatus("10.0.0.53:53", 2, 7, 1_800_000_000L, "no answer")));
    static final List<UnfinishedName> NAMES = List.of(
            new UnfinishedName("10.0.0.5", "pc.example.net", true, List.of()),
            new UnfinishedName("10.0.0.6", null, false, List.of("old.example.net")));
    static final Reconciliation COMPARED = new Reconciliation(
            false,
            true,
            1_800_000_000L,
            9,
            0,
            1,
            List.of(new Drift(Drift.Kind.POINTER_MISSING, "10.0.0.7", "tv.example.net", "nas.example.net")),
            1,
            1,
            List.of("example.net cannot be listed"));

    private boolean comparing;

    @Override
    public Optional<OutboxStatus> status() {
        return Optional.of(STATUS);
    }

    @Override
    public CompletableFuture<List<UnfinishedName>> unfinished(Ipv4 after, int limit) {
        return CompletableFuture.completedFuture(NAMES.stream()
                .filter(name -> Ipv4.parse(name.ip()).compareTo(after) > 0)
                .limit(limit)
                .toList());
    }

    @Override
    public String reconcile(boolean repair) {
        boolean refused = comparing;
        comparing = true;
        return refused ? "a comparison is running already" : "";
    }

    @Override
    public Optional<Reconciliation> reconciliation() {
        return comparing ? Optional.of(COMPARED) : Optional.empty();
    }
}
