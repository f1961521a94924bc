package io.athena.dhcpd.dhcp;

import io.athena.dhcpd.core.engine.EngineListeners;
import io.athena.dhcpd.core.engine.EngineSettings;
import io.athena.dhcpd.core.engine.LeaseEngine;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.engine.Probing;
import io.athena.dhcpd.core.journal.ConflictCodec;
import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Topology;
import io.athena.dhcpd.dhcp.auth.Authenticator;
import io.athena.dhcpd.dhcp.auth.ReplyCounter;
import io.athena.dhcpd.dhcp.listen.Lane;
import io.athena.dhcpd.dhcp.listen.Lanes;
import io.athena.dhcpd.dhcp.path.LinkDirectory;
import io.athena.dhcpd.dhcp.path.Seat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds an engine for each link and fills it. What is known of addresses that no link has is kept aside: a later reload
 * may bring their subnet back.
 */
public final class EngineFleet {

    private static final Logger LOG = LoggerFactory.getLogger(EngineFleet.class);

    private final Lanes lanes;
    private final LeaseJournal journal;
    private final NamePolicy names;
    private final EngineListeners listeners;
    private final ReplyCounter replyCounter;
    private final EngineProbes probes;
    private volatile boolean keepTraits;
    private final Map<Ipv4, byte[]> homeless = new TreeMap<>();
    private final List<Conflict> homelessConflicts = new ArrayList<>();
    private final List<Exclusion> homelessExclusions = new ArrayList<>();
    private final Set<Ipv4> homelessDamage = new TreeSet<>();

    /**
     * A fleet without engines.
     *
     * @param listeners who listens to each engine
     * @param replyCounter what signed replies are numbered by
     * @param probes how each engine probes
     */
    public EngineFleet(
            Lanes lanes,
            LeaseJournal journal,
            NamePolicy names,
            EngineListeners listeners,
            ReplyCounter replyCounter,
            EngineProbes probes) {
        this.lanes = lanes;
        this.journal = journal;
        this.names = names;
        this.listeners = listeners;
        this.replyCounter = replyCounter;
        this.probes = probes;
    }

    /** Engines filled from the store; before the lanes start. */
    public LinkDirectory recover(Topology topology, EngineSettings settings, RecoveredState store, long now) {
        Map<Link, LeaseEngine> engines = engines(topology, settings);
        store.forEachLease((address, image) -> place(topology, engines, new Ipv4(address), image, now));
        store.forEachConflict((address, image) -> placeConflict(topology, engines, new Ipv4(address), image, now));
        store.forEachExclusion((address, image) -> placeExclusion(topology, engines, new Ipv4(address), image, now));
        engines.values().forEach(engine -> engine.records().loaded());
        for (int address : store.damaged()) {
            quarantine(topology, engines, new Ipv4(address), now);
        }
        return directory(topology, engines);
    }

    /** Engines for other links, filled with what the old ones exported; nothing may be pending in those. */
    LinkDirectory reseat(Topology topology, EngineSettings settings, List<LeaseEngine> old, long now) {
        Map<Ipv4, byte[]> images = new TreeMap<>(homeless);
        List<Conflict> conflicts = new ArrayList<>(homelessConflicts);
        List<Exclusion> exclusions = new ArrayList<>(homelessExclusions);
        List<Ipv4> damaged = List.copyOf(homelessDamage);
        old.forEach(engine -> engine.records().export(images::put, conflicts::add, exclusions::add));
        homeless.clear();
        homelessConflicts.clear();
        homelessExclusions.clear();
        homelessDamage.clear();
        Map<Link, LeaseEngine> engines = engines(topology, settings);
        images.forEach((address, image) -> place(topology, engines, address, image, now));
        conflicts.forEach(conflict -> placeConflict(topology, engines, conflict));
        exclusions.forEach(exclusion -> placeExclusion(topology, engines, exclusion));
        engines.values().forEach(engine -> engine.records().loaded());
        damaged.forEach(address -> quarantine(topology, engines, address, now));
        return directory(topology, engines);
    }

    /** The authenticator of a link that stays where it is; what it remembers of its clients stays too. */
    @Nullable
    Authenticator authenticator(Link link, Seat former) {
        return Authenticator.of(link, replyCounter, former.authenticator());
    }

    /** Whether engines that are built from now on find leases by more than address and client. */
    void keepTraits(boolean wanted) {
        keepTraits = wanted;
    }

    /** How many leases belong to no link of the configuration. */
    int homeless() {
        return homeless.size();
    }

    private Map<Link, LeaseEngine> engines(Topology topology, EngineSettings settings) {
        Map<Link, LeaseEngine> engines = new HashMap<>();
        for (Link link : topology.links()) {
            Lane lane = lanes.of(link.id());
            LaneProbe starter = probes.on(lane);
            LeaseEngine engine = new LeaseEngine(
                    link, journal, lane.commits(), names, settings, listeners, new Probing(starter, probes.observer()));
            starter.serve(engine);
            engine.records().keepTraits(keepTraits);
            engines.put(link, engine);
        }
        return engines;
    }

    private LinkDirectory directory(Topology topology, Map<Link, LeaseEngine> engines) {
        List<Seat> seats = new ArrayList<>();
        topology.links()
                .forEach(link -> seats.add(new Seat(
                        link, engines.get(link), lanes.of(link.id()), Authenticator.of(link, replyCounter, null))));
        return new LinkDirectory(topology, seats);
    }

    private void place(Topology topology, Map<Link, LeaseEngine> engines, Ipv4 address, byte[] image, long now) {
        LeaseEngine engine = engineOf(topology, engines, address);
        if (engine == null) {
            homeless.put(address, image);
            return;
        }
        try {
            engine.records().load(address, image);
        } catch (CorruptRecordException e) {
            LOG.atError()
                    .addKeyValue("ip", address)
                    .setCause(e)
                    .log("a stored lease cannot be read; its address is quarantined");
            engine.records().quarantine(address, now);
        }
    }

    private void placeConflict(
            Topology topology, Map<Link, LeaseEngine> engines, Ipv4 address, byte[] image, long now) {
        try {
            placeConflict(topology, engines, ConflictCodec.decode(image));
        } catch (CorruptRecordException e) {
            LOG.atError()
                    .addKeyValue("ip", address)
                    .setCause(e)
                    .log("a stored conflict cannot be read; its address is quarantined");
            quarantine(topology, engines, address, now);
        }
    }

    private void placeConflict(Topology topology, Map<Link, LeaseEngine> engines, Conflict conflict) {
        LeaseEngine engine = engineOf(topology, engines, conflict.ip());
        if (engine == null) {
            homelessConflicts.add(conflict);
        } else {
            engine.records().load(conflict);
        }
    }

    /** An exclusion has no end, so neither has what stands for one that cannot be read. */
    private void placeExclusion(
            Topology topology, Map<Link, LeaseEngine> engines, Ipv4 address, byte[] image, long now) {
        try {
            placeExclusion(topology, engines, Exclusion.decode(image));
        } catch (CorruptRecordException e) {
            LOG.atError()
                    .addKeyValue("ip", address)
                    .setCause(e)
                    .log("a stored exclusion cannot be read; its address stays excluded until it is included");
            placeExclusion(topology, engines, new Exclusion(address, "its record cannot be read", "athena-dhcpd", now));
        }
    }

    private void placeExclusion(Topology topology, Map<Link, LeaseEngine> engines, Exclusion exclusion) {
        LeaseEngine engine = engineOf(topology, engines, exclusion.ip());
        if (engine == null) {
            homelessExclusions.add(exclusion);
        } else {
            engine.records().load(exclusion);
        }
    }

    private void quarantine(Topology topology, Map<Link, LeaseEngine> engines, Ipv4 address, long now) {
        LeaseEngine engine = engineOf(topology, engines, address);
        if (engine == null) {
            homelessDamage.add(address);
        } else {
            engine.records().quarantine(address, now);
        }
    }

    private static @Nullable LeaseEngine engineOf(Topology topology, Map<Link, LeaseEngine> engines, Ipv4 address) {
        Link link = topology.linkOf(address);
        return link == null ? null : engines.get(link);
    }
}
