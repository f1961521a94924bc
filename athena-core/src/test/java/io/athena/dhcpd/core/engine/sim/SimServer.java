package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.engine.BootClock;
import io.athena.dhcpd.core.engine.CommitQueue;
import io.athena.dhcpd.core.engine.EngineAudit;
import io.athena.dhcpd.core.engine.EngineListeners;
import io.athena.dhcpd.core.engine.EngineSettings;
import io.athena.dhcpd.core.engine.LeaseEngine;
import io.athena.dhcpd.core.engine.ProbeRules;
import io.athena.dhcpd.core.engine.Probing;
import io.athena.dhcpd.core.journal.ConflictCodec;
import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Topology;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One engine with its journal, its reloads and its restarts. Time is the server's own. */
final class SimServer {

    private static final long CONFLICT_HOLD = 900;

    /** The clock of a machine that has just been switched on. */
    private record WallClock(long epochSeconds) implements TimeSource {
        @Override
        public long nanoTime() {
            return 0;
        }
    }

    final SimJournal journal = new SimJournal();
    final SimPath path;
    private final Map<Ipv4, byte[]> homeless = new TreeMap<>();
    private final List<Conflict> homelessConflicts = new ArrayList<>();
    private final Set<Ipv4> homelessDamage = new HashSet<>();
    /** What somebody who follows the changes believes. */
    private final Map<Ipv4, Lease> heard = new HashMap<>();

    private Topology topology;
    private boolean authoritative;
    private boolean clockDoubted;
    private long cautionUntil;
    private CommitQueue commits;
    private SimNames names = new SimNames();
    private LeaseEngine engine;
    private EngineAudit audit;
    private final Supplier<@Nullable SimProber> probers;
    private @Nullable SimProber prober;
    /** Never behind the newest record when the engine was started. */
    private long now;

    /** @param probers makes the prober of each engine; gives null where nothing is probed */
    SimServer(Topology topology, long now, Outlet outlet, Function<SimServer, @Nullable SimProber> probers) {
        this.topology = topology;
        this.probers = () -> probers.apply(this);
        this.now = now;
        this.commits = new CommitQueue(() -> {});
        journal.listen(commits);
        journal.clock = now;
        this.engine = newEngine();
        this.audit = new EngineAudit(engine);
        this.path = new SimPath(this, outlet);
        engine.records().loaded();
    }

    private LeaseEngine newEngine() {
        prober = probers.get();
        names = new SimNames();
        LeaseEngine fresh = new LeaseEngine(
                link(),
                journal,
                commits,
                names,
                settings(),
                EngineListeners.of(this::hear),
                prober == null ? Probing.NONE : prober.probing());
        if (prober != null) {
            prober.serve(fresh);
        }
        fresh.records().keepTraits(true);
        return fresh;
    }

    private void hear(Lease lease) {
        if (lease.isActive(now) && durable(lease.ip()) == null) {
            throw new AssertionError(lease + " was told of and is not durable");
        }
        heard.put(lease.ip(), lease);
        names.hear(lease);
    }

    private EngineSettings settings() {
        return new EngineSettings(
                60,
                authoritative,
                cautionUntil,
                clockDoubted,
                CONFLICT_HOLD,
                Landscape.LONGEST,
                1000,
                prober == null ? ProbeRules.NONE : SimProber.RULES);
    }

    // --- what stands ----------------------------------------------------------------------------------------------

    LeaseEngine engine() {
        return engine;
    }

    CommitQueue commits() {
        return commits;
    }

    Link link() {
        return topology.links().get(0);
    }

    long now() {
        return now;
    }

    boolean doubtsClock() {
        return clockDoubted;
    }

    /** Whether leases may exist that no record tells of. */
    boolean isCautious() {
        return now < cautionUntil;
    }

    /** Whether no address that had a lease once may go to another client. */
    boolean reusesNothing() {
        return clockDoubted || isCautious();
    }

    /** The newest durable record of an address, or null. */
    @Nullable
    Lease durable(Ipv4 address) {
        byte[] image = journal.leases.get(address.bits());
        try {
            return image == null ? null : LeaseCodec.decode(image);
        } catch (CorruptRecordException e) {
            throw new AssertionError("a lease was stored that cannot be read", e);
        }
    }

    List<Lease> leases() {
        List<Lease> all = new ArrayList<>();
        engine.records().page(0, Integer.MAX_VALUE, all);
        return all;
    }

    EngineAudit audit() {
        return audit;
    }

    void auditAtRest() {
        audit.checkAtRest();
        names.demandNoClaim();
        if (commits.size() != 0 || commits.parked() != 0) {
            throw new AssertionError(commits.size() + " changes and " + commits.parked() + " exchanges still wait");
        }
        heard.forEach((address, lease) -> {
            Lease current = engine.records().find(address);
            if (current == null || current.state() != lease.state() || current.expiry() != lease.expiry()) {
                throw new AssertionError("who follows the changes believes " + lease + ", but it is " + current);
            }
        });
    }

    // --- time and operator ----------------------------------------------------------------------------------------

    void pass(long seconds) {
        now += seconds;
        journal.clock = now;
    }

    boolean tick() {
        return engine.tick(now);
    }

    /** Some probes end. */
    void probe(int most) {
        if (prober != null) {
            prober.progress(most);
        }
    }

    /** All probes end. */
    void endProbes() {
        if (prober != null) {
            prober.drain();
        }
    }

    void settle() {
        commits.settle();
    }

    void takeOver(Lease lease) {
        engine.records().takeOver(lease, now);
    }

    /** Somebody has set the clock, and whatever was lost is long over. */
    void believeClock() {
        clockDoubted = false;
        cautionUntil = 0;
        engine.reconfigure(link(), settings());
    }

    void reload(Topology next, boolean nowAuthoritative) {
        boolean sameSubnets = networks(topology).equals(networks(next));
        if (!sameSubnets) {
            rest();
        }
        topology = next;
        authoritative = nowAuthoritative;
        if (sameSubnets) {
            engine.reconfigure(link(), settings());
        } else {
            reseat();
        }
    }

    private static List<String> networks(Topology of) {
        return of.links().get(0).subnets().stream().map(Object::toString).toList();
    }

    private void rest() {
        while (commits.size() > 0) {
            journal.sync(Integer.MAX_VALUE);
            commits.settle();
        }
    }

    /** As the server does it: at rest, everything moves to a new engine. */
    private void reseat() {
        Map<Ipv4, byte[]> images = new TreeMap<>(homeless);
        List<Conflict> conflicts = new ArrayList<>(homelessConflicts);
        Set<Ipv4> damage = new HashSet<>(homelessDamage);
        engine.records().export(images::put, conflicts::add, excluded -> {});
        engine.retire();
        fill(images, conflicts, damage);
    }

    // --- restart --------------------------------------------------------------------------------------------------

    /** The power goes and comes back; the clock says {@code clock}, whatever it said before. */
    void crash(long clock, int lost) {
        journal.crash();
        journal.lose(lost);
        commits = new CommitQueue(() -> {});
        journal.listen(commits);
        clockDoubted = BootClock.judge(new WallClock(clock), journal.newestTime).expirySuspended();
        now = Math.max(clock, journal.newestTime);
        journal.clock = now;
        if (lost > 0) {
            cautionUntil = now + Landscape.LONGEST;
        }
        Map<Ipv4, byte[]> images = new TreeMap<>();
        journal.leases.forEach((address, image) -> images.put(new Ipv4(address), image));
        Set<Ipv4> damage = new HashSet<>();
        journal.damaged.forEach((address, rest) -> {
            if (rest.length == 0) {
                damage.add(new Ipv4(address));
            } else {
                images.put(new Ipv4(address), rest);
            }
        });
        List<Conflict> conflicts = new ArrayList<>();
        for (byte[] image : journal.conflicts.values()) {
            try {
                conflicts.add(ConflictCodec.decode(image));
            } catch (CorruptRecordException e) {
                throw new AssertionError("a conflict was stored that cannot be read", e);
            }
        }
        fill(images, conflicts, damage);
    }

    private void fill(Map<Ipv4, byte[]> images, List<Conflict> conflicts, Set<Ipv4> damage) {
        homeless.clear();
        homelessConflicts.clear();
        homelessDamage.clear();
        heard.clear();
        engine = newEngine();
        images.forEach((address, image) -> {
            if (topology.linkOf(address) == null) {
                homeless.put(address, image);
            } else {
                load(address, image);
            }
        });
        for (Conflict conflict : conflicts) {
            if (topology.linkOf(conflict.ip()) == null) {
                homelessConflicts.add(conflict);
            } else {
                engine.records().load(conflict);
            }
        }
        engine.records().loaded();
        names.learn(leases());
        for (Ipv4 address : damage) {
            if (topology.linkOf(address) == null) {
                homelessDamage.add(address);
            } else {
                engine.records().quarantine(address, now);
            }
        }
        audit = new EngineAudit(engine);
    }

    private void load(Ipv4 address, byte[] image) {
        try {
            engine.records().load(address, image);
        } catch (CorruptRecordException e) {
            if (!journal.damaged.containsKey(address.bits())) {
                throw new AssertionError("a lease was stored that cannot be read", e);
            }
            engine.records().quarantine(address, now);
        }
    }
}
