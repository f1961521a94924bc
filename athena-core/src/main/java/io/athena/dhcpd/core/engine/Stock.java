package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Pool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that are probed before anybody asks for them, a few a pool, oldest probe first; so that most newcomers need
 * not wait. It is refilled as newcomers come, at a rate that they set, and dries up when none come.
 */
final class Stock {

    private final LeaseTable table;
    private final Proofs proofs;
    private Link link;
    private List<Deque<Ipv4>> shelves = List.of();
    private List<Demand> demands = List.of();

    Stock(Link link, LeaseTable table, Proofs proofs) {
        this.link = link;
        this.table = table;
        this.proofs = proofs;
        arrange();
    }

    /** Puts everything back and starts anew with other pools. */
    void retopology(Link next) {
        shelves.forEach(shelf -> shelf.forEach(table::putBack));
        link = next;
        arrange();
    }

    private void arrange() {
        shelves = new ArrayList<>();
        demands = new ArrayList<>();
        link.pools().forEach(pool -> {
            shelves.add(new ArrayDeque<>());
            demands.add(new Demand());
        });
    }

    /** The address of a pool that was probed first, or whose probe ends first; null when there is none. */
    @Nullable
    Ipv4 first(Pool pool, ProbeRules rules, long now) {
        Deque<Ipv4> shelf = shelves.get(pool.index());
        for (Ipv4 address = shelf.peek(); address != null; address = shelf.peek()) {
            int slot = table.slotOf(address);
            boolean aside = slot >= 0 && table.has(slot, Mark.ASIDE);
            if (aside && (proofs.underWay(address) != null || proofs.isProven(address, rules, now))) {
                return address;
            }
            shelf.remove();
            table.putBack(address);
        }
        return null;
    }

    /** A newcomer asks for an address of a pool; {@code extra} more are probed at once for him alone. */
    void asked(Pool pool, int extra, EngineSettings settings, long now) {
        demands.get(pool.index()).asked(now);
        if (settings.cautious(now)) {
            return;
        }
        for (int i = 0; i < extra && add(pool, settings, now); i++) {
            // Each is on its way.
        }
        refill(pool, settings, now);
    }

    /** Once a second: drops what is too old and refills, while newcomers come. */
    void age(EngineSettings settings, long now) {
        for (Pool pool : link.pools()) {
            first(pool, settings.probes(), now);
            refill(pool, settings, now);
        }
    }

    /** Somebody uses an address of this pool that nobody should: what is known of its neighbours counts no more. */
    void empty(Pool pool) {
        Deque<Ipv4> shelf = shelves.get(pool.index());
        shelf.removeIf(address -> {
            boolean known = proofs.underWay(address) == null;
            if (known) {
                proofs.forget(address);
                table.putBack(address);
            }
            return known;
        });
    }

    /** Probes nothing ahead of time in a pool until then. */
    void pause(Pool pool, long until) {
        demands.get(pool.index()).pause(until);
    }

    private void refill(Pool pool, EngineSettings settings, long now) {
        Demand demand = demands.get(pool.index());
        ProbeRules rules = settings.probes();
        if (!rules.enabled() || rules.cacheSeconds() == 0 || settings.cautious(now) || !demand.isLive(now)) {
            return;
        }
        int wanted = demand.stock(rules);
        while (isBelow(pool, wanted) && demand.spend(now)) {
            if (!add(pool, settings, now)) {
                return;
            }
        }
    }

    /** At most half of what is free is set aside: the rest stays in the order in which addresses are given. */
    private boolean isBelow(Pool pool, int wanted) {
        int aside = table.space().asideIn(pool);
        return aside < wanted && 2 * aside < table.space().freeIn(pool);
    }

    private boolean add(Pool pool, EngineSettings settings, long now) {
        Ipv4 candidate = candidate(pool, settings, now);
        if (candidate == null) {
            return false;
        }
        // Proven a moment ago for somebody who did not take it; else its probe may be under way still.
        boolean known = proofs.underWay(candidate) != null || proofs.isProven(candidate, settings.probes(), now);
        if (!known && proofs.start(candidate) == null) {
            return false;
        }
        table.setAside(candidate);
        shelves.get(pool.index()).add(candidate);
        return true;
    }

    /** What the pool would give next; ended addresses only when no pool of the same rank has one that nobody ever had. */
    private @Nullable Ipv4 candidate(Pool pool, EngineSettings settings, long now) {
        AddressSpace space = table.space();
        Ipv4 untouched = space.untouchedIn(pool);
        if (untouched != null || !settings.mayReuse(now)) {
            return untouched;
        }
        for (List<Pool> tier : link.tiers()) {
            if (tier.contains(pool) && tier.stream().anyMatch(other -> space.neverUsedIn(other) > 0)) {
                return null;
            }
        }
        int slot = space.longestEndedIn(pool);
        return slot < 0 ? null : table.addressOf(slot);
    }
}
