package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Pool;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Works out anew, from the record of each address, where every address ought to stand, and compares it with the
 * indexes that the engine keeps up step by step. It reads the engine's private parts, so that these stay private.
 */
public final class EngineAudit {

    private final LeaseEngine engine;
    private final LeaseTable table;
    private final OfferBook offers;
    private final ConflictTable conflicts;
    private final Exclusions exclusions;
    private final Map<?, ?> pendingOf;
    private final BoundsAudit bounds;
    private int audits;

    public EngineAudit(LeaseEngine engine) {
        this.engine = engine;
        this.table = read(engine, "table", LeaseTable.class);
        this.offers = read(engine, "offers", OfferBook.class);
        this.conflicts = read(engine, "conflicts", ConflictTable.class);
        this.exclusions = read(engine.records(), "exclusions", Exclusions.class);
        this.pendingOf = read(read(engine, "changes", LeaseChanges.class), "pendingOf", Map.class);
        this.bounds = new BoundsAudit(table, offers, conflicts);
    }

    /** @throws AssertionError naming what does not agree */
    public void check() {
        Link link = read(table.space(), "link", Link.class);
        checkSlots();
        checkTraits();
        checkAside(link);
        bounds.check();
        AddressBitmap[] untouched = read(table.space(), "untouched", AddressBitmap[].class);
        EndedLists ended = read(table.space(), "ended", EndedLists.class);
        for (Pool pool : link.pools()) {
            for (AddressRange owned : pool.owned()) {
                for (int i = 0; i < owned.size(); i++) {
                    checkSpace(
                            link,
                            untouched[pool.index()],
                            ended,
                            pool.range().first(),
                            owned.first().plus(i));
                }
            }
        }
    }

    /** Whether a DECLINE that was honoured a moment ago was within the budget of its pool. */
    public void checkBudgetOf(Ipv4 address) {
        bounds.checkBudgetOf(address, read(table.space(), "link", Link.class));
    }

    /** Whether clients are kept from an address by what probes or people found. */
    public boolean isWithheld(Ipv4 address) {
        int slot = table.slotOf(address);
        return slot >= 0 && table.isWithheld(slot);
    }

    private void checkAside(Link link) {
        int[] aside = new int[link.pools().size()];
        for (int slot = 0; slot < table.slotLimit(); slot++) {
            boolean used = table.slotOf(table.addressOf(slot)) == slot;
            if (used && table.has(slot, Mark.ASIDE)) {
                Ipv4 address = table.addressOf(slot);
                demand(
                        table.isUnclaimed(slot, 0) && !table.isBound(slot) && !table.isWithheld(slot),
                        address + " is set aside and not free");
                Pool pool = link.poolOf(address);
                demand(pool != null, address + " is set aside and in no pool");
                aside[pool.index()]++;
            }
        }
        link.pools()
                .forEach(pool -> demand(
                        aside[pool.index()] == table.space().asideIn(pool), "miscounted what is set aside in " + pool));
    }

    /** Whether nobody waits for anything and nothing is held for anybody. */
    public void checkAtRest() {
        LinkStats stats = engine.records().stats();
        demand(pendingOf.isEmpty(), "changes are pending for " + pendingOf.keySet());
        Proofs proofs = read(engine, "proofs", Proofs.class);
        demand(proofs.waiting() == 0, proofs.waiting() + " exchanges wait for probes");
        demand(read(proofs, "underWay", Map.class).isEmpty(), "probes are under way for ever");
        demand(stats.offers() == 0, stats.offers() + " offers are left");
        demand(stats.withheld() == 0, stats.withheld() + " addresses are still withheld");
        demand(stats.leases().getOrDefault(LeaseState.ACTIVE, 0) == 0, "leases are left: " + stats);
        stats.pools().forEach(pool -> demand(pool.used() == 0, "addresses are lost in " + pool));
    }

    private void checkSlots() {
        int[] states = new int[LeaseState.values().length];
        int offered = 0;
        int pending = 0;
        int withheld = 0;
        int excluded = 0;
        int heaped = 0;
        int[] heap = read(expiries(), "position", int[].class);
        Set<ClientKey> records = new HashSet<>();
        for (int slot = 0; slot < table.slotLimit(); slot++) {
            if (table.slotOf(table.addressOf(slot)) != slot) {
                demand(table.imageOf(slot) == null, "a slot without address has a lease");
                continue;
            }
            byte[] image = table.imageOf(slot);
            Offer offer = table.offerOf(slot);
            boolean changing = table.pendingOf(slot) != null;
            String where = table.addressOf(slot).toString();
            demand(
                    image != null || offer != null || changing || table.isWithheld(slot) || table.has(slot, Mark.ASIDE),
                    where + " has a slot and nothing to say");
            demand(offer == null || offer.equals(offers.of(offer.key())), where + " is offered, but not in the book");
            offered += offer == null ? 0 : 1;
            pending += changing ? 1 : 0;
            withheld += table.has(slot, Mark.CONFLICT) ? 1 : 0;
            excluded += table.has(slot, Mark.EXCLUSION) ? 1 : 0;
            boolean ends = image != null
                    && Images.state(image) == LeaseState.ACTIVE
                    && Images.expiry(image) != LeaseTimes.FOREVER
                    && !changing;
            demand(ends == isHeaped(heap, slot), where + (ends ? " never expires" : " expires without reason"));
            heaped += ends ? 1 : 0;
            if (image != null) {
                states[Images.state(image).code()]++;
                records.add(Images.key(image));
            }
        }
        for (LeaseState state : LeaseState.values()) {
            demand(states[state.code()] == table.count(state), "miscounted leases that are " + state);
        }
        demand(offered == offers.size(), "an offer has no address");
        demand(pending == pendingOf.size(), "a pending change has no address");
        demand(withheld == conflicts.withheld(), "miscounted withheld addresses");
        demand(
                withheld
                        == conflicts.all().stream()
                                .filter(conflict -> !conflict.resolved())
                                .count(),
                "conflicts and withheld addresses differ");
        demand(excluded == exclusions.all().size(), "exclusions and excluded addresses differ");
        demand(heaped == read(expiries(), "size", Integer.class), "the expiry heap holds something else");
        long found = records.stream().filter(key -> table.slotOf(key) >= 0).count();
        demand(
                found
                        == read(
                                read(read(table, "clients", ClientIndex.class), "byKey", SlotIndex.class),
                                "size",
                                Integer.class),
                "a client index leads astray");
    }

    /** One address at each audit, another the next time: whether it is found by what is known of its client. */
    private void checkTraits() {
        int limit = table.slotLimit();
        byte[] image = limit == 0 ? null : table.imageOf(audits++ % limit);
        if (image == null || read(table, "traits", TraitIndex.class) == null) {
            return;
        }
        Lease lease = Images.lease(image);
        if (lease.mac() != null) {
            demand(
                    read(table, "traits", TraitIndex.class)
                            .find(new LeaseTrait.Hardware(lease.mac()), table, Integer.MAX_VALUE)
                            .stream()
                            .anyMatch(found -> found.ip().equals(lease.ip())),
                    lease.ip() + " is not found by its hardware address");
        }
    }

    private void checkSpace(Link link, AddressBitmap space, EndedLists ended, Ipv4 base, Ipv4 ip) {
        boolean giveable = !link.isForbidden(ip) && link.reservationAt(ip) == null;
        int slot = table.slotOf(ip);
        boolean untouched = space.contains(ip.bits() - base.bits());
        boolean over = slot >= 0 && ended.contains(slot);
        byte[] image = slot < 0 ? null : table.imageOf(slot);
        boolean reusable = giveable
                && image != null
                && Images.state(image) != LeaseState.ACTIVE
                && table.offerOf(slot) == null
                && table.pendingOf(slot) == null
                && !table.isWithheld(slot)
                && !table.has(slot, Mark.ASIDE);
        if (untouched != (giveable && slot < 0)) {
            throw new AssertionError(ip + " is wrongly " + (untouched ? "" : "not ") + "untouched");
        }
        if (over != reusable) {
            throw new AssertionError(ip + " is wrongly " + (over ? "" : "not ") + "among the ended");
        }
    }

    private ExpiryHeap expiries() {
        return read(table, "expiries", ExpiryHeap.class);
    }

    private static boolean isHeaped(int[] position, int slot) {
        return slot < position.length && position[slot] >= 0;
    }

    static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static final Map<String, Field> FIELDS = new ConcurrentHashMap<>();

    static <T> T read(Object owner, String name, Class<T> type) {
        Field field = FIELDS.computeIfAbsent(owner.getClass().getName() + name, key -> field(owner, name));
        try {
            return type.cast(field.get(owner));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field field(Object owner, String name) {
        try {
            Field field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}
