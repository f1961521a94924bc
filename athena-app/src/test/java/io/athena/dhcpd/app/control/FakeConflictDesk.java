package io.athena.dhcpd.app.control;

import io.athena.dhcpd.core.engine.ConflictDesk;
import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/** Conflicts in a list and exclusions in a map; a page holds one of each. */
final class FakeConflictDesk implements ConflictDesk {

    final List<Conflict> conflicts = new ArrayList<>();
    final Map<Ipv4, Exclusion> excluded = new ConcurrentSkipListMap<>();

    @Override
    public CompletableFuture<Page> page(long cursor) {
        int at = (int) cursor;
        List<Exclusion> exclusions = List.copyOf(excluded.values());
        return CompletableFuture.completedFuture(new Page(
                conflicts.subList(Math.min(at, conflicts.size()), Math.min(at + 1, conflicts.size())),
                exclusions.subList(Math.min(at, exclusions.size()), Math.min(at + 1, exclusions.size())),
                at + 1 < Math.max(conflicts.size(), exclusions.size()) ? at + 1 : END));
    }

    @Override
    public CompletableFuture<Outcome> clear(Ipv4 address) {
        boolean done = conflicts.removeIf(conflict -> conflict.ip().equals(address));
        return CompletableFuture.completedFuture(new Outcome(done, done ? "" : "there is no conflict on " + address));
    }

    @Override
    public CompletableFuture<Outcome> exclude(Exclusion exclusion) {
        excluded.put(exclusion.ip(), exclusion);
        return CompletableFuture.completedFuture(new Outcome(true, ""));
    }

    @Override
    public CompletableFuture<Outcome> include(Ipv4 address) {
        boolean done = excluded.remove(address) != null;
        return CompletableFuture.completedFuture(new Outcome(done, done ? "" : address + " is not excluded"));
    }
}
