package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.Subnet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The records of a link for everybody but its clients: the store at start and reload, the command line, statistics. As
 * with the engine, only the link's lane may ask.
 */
public final class LinkRecords {

    private final LeaseTable table;
    private final OfferBook offers;
    private final Rights rights;
    private final ConflictTable conflicts;
    private final Exclusions exclusions;
    private final Interventions interventions;
    private final LeaseWriter writer;
    private final LeaseChanges changes;
    private final LinkView view;
    private EngineSettings settings;
    private @Nullable TraitIndex traits;

    LinkRecords(
            LeaseTable table,
            OfferBook offers,
            Rights rights,
            ConflictTable conflicts,
            Exclusions exclusions,
            Interventions interventions,
            LeaseWriter writer,
            LeaseChanges changes,
            EngineSettings settings) {
        this.table = table;
        this.offers = offers;
        this.rights = rights;
        this.conflicts = conflicts;
        this.exclusions = exclusions;
        this.interventions = interventions;
        this.writer = writer;
        this.changes = changes;
        this.view = new LinkView(table, offers, rights, conflicts, exclusions);
        this.settings = settings;
    }

    void reconfigure(EngineSettings newSettings) {
        this.settings = newSettings;
    }

    /** Takes an active lease over as it is, unless its address may be another client's; a change to wait for, or why not. */
    public Answer takeOver(Lease lease, long now) {
        PendingChange busy = changes.touching(lease.key(), lease.ip());
        if (busy != null) {
            return new Answer.Behind(busy);
        }
        int slot = table.slotOf(lease.ip());
        if (slot >= 0 && rights.mayBind(slot, settings, now) && !table.isHeldBy(slot, lease.key())) {
            return new Answer.Refused(DropReason.NOT_YOUR_ADDRESS);
        }
        Subnet subnet = rights.link().subnetOf(lease.ip());
        if (subnet == null || rights.link().isForbidden(lease.ip())) {
            return new Answer.Refused(DropReason.ADDRESS_UNUSABLE);
        }
        Assignment assignment = new Assignment(lease.ip(), subnet, null, subnet.terms(), 0);
        return changes.begin(writer.imported(lease, now), assignment, PendingChange.Origin.IMPORT, 0, now);
    }

    /** The lease of an address, or null when it has no record. */
    public @Nullable Lease find(Ipv4 address) {
        int slot = table.slotOf(address);
        return slot < 0 ? null : leaseAt(slot);
    }

    /** The lease that a client has, or had last; null when it is not remembered. */
    public @Nullable Lease find(ClientKey client) {
        int slot = table.slotOf(client);
        return slot < 0 ? null : leaseAt(slot);
    }

    /** The address that a client has a lease of at {@code now}, or null; reads no record. */
    public @Nullable Ipv4 activeAddressOf(ClientKey client, long now) {
        int slot = table.slotOf(client);
        return slot >= 0 && table.isActive(slot, now) ? table.addressOf(slot) : null;
    }

    /** Adds leases from slot {@code from} on until the list has {@code limit}; answers the next slot, or -1 at the end. */
    public int page(int from, int limit, List<Lease> into) {
        int slot = from;
        while (slot < table.slotLimit() && into.size() < limit) {
            Lease lease = leaseAt(slot++);
            if (lease != null) {
                into.add(lease);
            }
        }
        return slot < table.slotLimit() ? slot : -1;
    }

    /**
     * Shows the records of {@code count} slots from slot {@code from} on as they are encoded, which costs the lane next to
     * nothing; answers the next slot, or -1 at the end.
     */
    public int images(int from, int count, ImageVisitor visitor) {
        int end = Math.min(table.slotLimit(), from + count);
        for (int slot = from; slot < end; slot++) {
            byte[] image = table.imageOf(slot);
            if (image != null) {
                visitor.image(table.addressOf(slot), image);
            }
        }
        return end < table.slotLimit() ? end : -1;
    }

    /** Whether an address has or had a lease. */
    public boolean hasRecord(Ipv4 address) {
        int slot = table.slotOf(address);
        return slot >= 0 && table.imageOf(slot) != null;
    }

    /** Keeps an index for {@link #find(LeaseTrait, int)}, or gives it up; the first time takes a look at every record. */
    public void keepTraits(boolean wanted) {
        if (wanted == (traits == null)) {
            traits = wanted ? TraitIndex.of(table) : null;
            table.indexBy(traits);
        }
    }

    /**
     * The leases with a trait, in whatever state, the one that changed last first; none unless {@link #keepTraits} said
     * so.
     *
     * @param most how many records are looked at, so that a value that everybody shares keeps the lane no longer
     */
    public List<Lease> find(LeaseTrait trait, int most) {
        return traits == null ? List.of() : traits.find(trait, table, most);
    }

    /**
     * Takes over an image from the store; call {@link #loaded} after the last one.
     *
     * @throws CorruptRecordException when it cannot be read; the caller quarantines the address
     */
    public void load(Ipv4 address, byte[] image) throws CorruptRecordException {
        table.load(address, image);
    }

    /** Takes over a conflict from the store. */
    public void load(Conflict conflict) {
        conflicts.load(conflict, rights.link());
    }

    /** Takes over an exclusion from the store. */
    public void load(Exclusion exclusion) {
        exclusions.put(exclusion);
    }

    /** Takes over an OFFER that another engine of this link made. */
    public void load(Offer offer) {
        if (rights.link().subnetOf(offer.address()) != null) {
            offers.make(offer);
        }
    }

    /** Withholds an address whose record cannot be read. */
    public void quarantine(Ipv4 address, long now) {
        Subnet subnet = rights.link().subnetOf(address);
        if (subnet != null) {
            conflicts.quarantine(address, subnet.network(), settings, now);
        }
    }

    /** Hands out what is durable, for an engine that takes this link's addresses over; no change may be pending. */
    public void export(ImageVisitor leases, Consumer<Conflict> held, Consumer<Exclusion> excluded) {
        for (int slot = 0; slot < table.slotLimit(); slot++) {
            byte[] image = table.imageOf(slot);
            if (image != null) {
                leases.image(table.addressOf(slot), image);
            }
        }
        conflicts.all().forEach(held);
        exclusions.all().forEach(excluded);
    }

    /** Takes an exported image. */
    @FunctionalInterface
    public interface ImageVisitor {

        void image(Ipv4 address, byte[] image);
    }

    /** What people may do about conflicts and exclusions. */
    public Interventions interventions() {
        return interventions;
    }

    /** All that is known of an address, a client, a pool: for those who explain. */
    public LinkView view() {
        return view;
    }

    /** What keeps addresses from being given besides leases; {@code next} goes into the answer as it is. */
    public LeaseDesk.Standing standing(long now, long next) {
        return view.standing(settings, now, next);
    }

    /** Ends the loading: ended leases are put in the order of their end. */
    public void loaded() {
        table.retopology(rights.link());
    }

    /** What is counted in the link. */
    public LinkStats stats() {
        Map<LeaseState, Integer> leases = new EnumMap<>(LeaseState.class);
        for (LeaseState state : LeaseState.values()) {
            leases.put(state, table.count(state));
        }
        List<LinkStats.PoolStats> pools = rights.link().pools().stream()
                .map(pool -> new LinkStats.PoolStats(
                        pool.subnet().toString(),
                        pool.toString(),
                        table.space().capacityOf(pool),
                        table.space().capacityOf(pool) - table.space().freeIn(pool)))
                .toList();
        return new LinkStats(rights.link().id(), leases, offers.size(), conflicts.withheld(), pools, conflictStats());
    }

    private List<LinkStats.SubnetConflicts> conflictStats() {
        ConflictCounts counts = conflicts.counts();
        return rights.link().subnets().stream()
                .map(Subnet::network)
                .map(network -> new LinkStats.SubnetConflicts(
                        network.toString(), counts.active(network), counts.permanent(network)))
                .toList();
    }

    private @Nullable Lease leaseAt(int slot) {
        byte[] image = table.imageOf(slot);
        return image == null ? null : Images.lease(image);
    }
}
