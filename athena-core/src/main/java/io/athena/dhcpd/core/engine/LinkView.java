package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.ClientTraits;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Pool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in an engine, for those who explain its decisions; changes nothing. Only the link's lane may ask. */
public final class LinkView {

    private final LeaseTable table;
    private final OfferBook offers;
    private final Rights rights;
    private final ConflictTable conflicts;
    private final Exclusions exclusions;

    LinkView(LeaseTable table, OfferBook offers, Rights rights, ConflictTable conflicts, Exclusions exclusions) {
        this.table = table;
        this.offers = offers;
        this.rights = rights;
        this.conflicts = conflicts;
        this.exclusions = exclusions;
    }

    /** All that is known of an address. */
    public AddressStanding at(Ipv4 address) {
        Link link = rights.link();
        int slot = table.slotOf(address);
        byte[] image = slot < 0 ? null : table.imageOf(slot);
        Conflict conflict = conflicts.of(address);
        return new AddressStanding(
                address,
                link.subnetOf(address),
                link.isForbidden(address),
                link.reservationAt(address),
                link.poolOf(address),
                image == null ? null : Images.lease(image),
                slot < 0 ? null : table.offerOf(slot),
                conflict == null || conflict.resolved() ? null : conflict,
                exclusions.of(address));
    }

    /** The address of the lease that a client has or had last, or null. */
    public @Nullable Ipv4 lastAddressOf(ClientKey client) {
        int slot = table.slotOf(client);
        return slot < 0 ? null : table.addressOf(slot);
    }

    /** The OFFER that a client has not answered yet, or null. */
    public @Nullable Offer offerTo(ClientKey client) {
        return offers.of(client);
    }

    /** Every pool of the link with what it has for a client, in the order in which they are tried. */
    public List<PoolStanding> poolsFor(ClientRequest request) {
        List<PoolStanding> pools = new ArrayList<>();
        List<List<Pool>> tiers = rights.link().tiers();
        for (int tier = 0; tier < tiers.size(); tier++) {
            for (Pool pool : tiers.get(tier)) {
                AddressSpace space = table.space();
                pools.add(new PoolStanding(
                        pool,
                        tier,
                        rights.admits(pool, request),
                        space.freeIn(pool),
                        space.neverUsedIn(pool),
                        space.capacityOf(pool)));
            }
        }
        return pools;
    }

    /** A client as its classes and terms are judged: without what only counts as said. */
    public ClientTraits asSaid(ClientTraits client) {
        return KnownClient.asSaid(client);
    }

    /**
     * Conflicts, resolved ones too, and exclusions from an address on: at most {@code most} of each, in the order of their
     * addresses. The page's {@code next} is the address to go on from as a number, or {@link ConflictDesk#END}.
     */
    public ConflictDesk.Page conflicts(Ipv4 from, int most) {
        List<Conflict> found = conflicts.from(from).stream().limit(most + 1L).toList();
        List<Exclusion> excluded =
                exclusions.from(from).stream().limit(most + 1L).toList();
        long next = Math.min(
                found.size() > most ? found.get(most).ip().toLong() : Long.MAX_VALUE,
                excluded.size() > most ? excluded.get(most).ip().toLong() : Long.MAX_VALUE);
        return new ConflictDesk.Page(
                found.stream().filter(conflict -> conflict.ip().toLong() < next).toList(),
                excluded.stream()
                        .filter(exclusion -> exclusion.ip().toLong() < next)
                        .toList(),
                next == Long.MAX_VALUE ? ConflictDesk.END : next);
    }

    /** What keeps addresses from being given besides leases; {@code next} goes into the answer as it is. */
    LeaseDesk.Standing standing(EngineSettings settings, long now, long next) {
        List<Conflict> withheld = conflicts.all().stream()
                .filter(conflict -> !conflict.resolved())
                .limit(LeaseDesk.MAX_STANDING)
                .toList();
        List<Exclusion> excluded =
                exclusions.all().stream().limit(LeaseDesk.MAX_EXCLUDED).toList();
        List<Offer> open = offers.oldest(LeaseDesk.MAX_STANDING);
        int leftOut = conflicts.withheld()
                - withheld.size()
                + exclusions.all().size()
                - excluded.size()
                + offers.size()
                - open.size();
        return new LeaseDesk.Standing(
                withheld, excluded, open, leftOut, settings.cautious(now), settings.expirySuspended(), next);
    }
}
