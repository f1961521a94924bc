package io.athena.dhcpd.core.engine;

import static io.athena.dhcpd.core.engine.EngineAudit.demand;
import static io.athena.dhcpd.core.engine.EngineAudit.read;

import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Pool;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether what invented clients can take is bounded, and counted as it is. */
final class BoundsAudit {

    private final LeaseTable table;
    private final OfferBook offers;
    private final ConflictTable conflicts;
    private final DeclineBudget declines;

    BoundsAudit(LeaseTable table, OfferBook offers, ConflictTable conflicts) {
        this.table = table;
        this.offers = offers;
        this.conflicts = conflicts;
        this.declines = read(conflicts, "declines", DeclineBudget.class);
    }

    void check() {
        checkGroups("byPort", OfferBook.RECALLABLE_A_PORT, Offer::port);
        checkGroups("byPool", OfferBook.RECALLABLE_A_POOL, Offer::pool);
        checkDeclines();
    }

    private void checkGroups(String name, int bound, Function<Offer, ?> group) {
        Map<?, ?> book = read(offers, "offers", Map.class);
        Map<?, ?> groups = read(read(offers, name, OfferGroups.class), "groups", Map.class);
        groups.forEach((shared, members) -> {
            Map<?, ?> of = (Map<?, ?>) members;
            demand(!of.isEmpty() && of.size() <= bound, of.size() + " offers share " + shared);
            of.forEach((key, member) -> {
                Offer offer = (Offer) member;
                demand(offer == book.get(key), offer + " is over and still counted");
                demand(offer.isRecallable() && shared.equals(group.apply(offer)), offer + " is counted for " + shared);
            });
        });
    }

    private void checkDeclines() {
        Map<?, ?> paid = read(declines, "paid", Map.class);
        Map<Object, Integer> counted = new HashMap<>();
        paid.forEach((address, payers) -> {
            Conflict conflict = conflicts.of((Ipv4) address);
            demand(conflict != null && !conflict.resolved(), address + " is paid for and not withheld");
            count(counted, ((DeclineBudget.Payers) payers).client());
            count(counted, ((DeclineBudget.Payers) payers).port());
            count(counted, ((DeclineBudget.Payers) payers).pool());
        });
        Map<Object, Integer> kept = new HashMap<>();
        for (String each : new String[] {"byClient", "byPort", "byPool"}) {
            Map<?, ?> counts = read(declines, each, Map.class);
            counts.forEach((payer, count) -> kept.put(payer, (Integer) count));
        }
        demand(counted.equals(kept), "withheld addresses are counted as " + kept + " and are " + counted);
        kept.forEach((payer, count) -> demand(
                payer instanceof Ipv4
                        || count <= (payer instanceof ClientKey ? DeclineBudget.A_CLIENT : DeclineBudget.A_PORT),
                payer + " has " + count + " addresses withheld"));
    }

    private static void count(Map<Object, Integer> counted, @Nullable Object payer) {
        if (payer != null) {
            counted.merge(payer, 1, Integer::sum);
        }
    }

    /** Of a small pool at most half (rounded up) or 8, of a large one a tenth: whichever is more. */
    void checkBudgetOf(Ipv4 address, Link link) {
        Pool pool = link.poolOf(address);
        if (pool == null) {
            return;
        }
        int capacity = table.space().capacityOf(pool);
        int most = Math.max(capacity / 10, Math.min(8, (capacity + 1) / 2));
        Object count = read(declines, "byPool", Map.class).get(pool.range().first());
        demand(count instanceof Integer withheld && withheld <= most, count + " of " + capacity + " are withheld");
    }
}
