package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.engine.Answer;
import io.athena.dhcpd.core.engine.Assignment;
import io.athena.dhcpd.core.engine.CommitQueue;
import io.athena.dhcpd.core.engine.EngineAudit;
import io.athena.dhcpd.core.engine.EngineListeners;
import io.athena.dhcpd.core.engine.EngineSettings;
import io.athena.dhcpd.core.engine.LeaseEngine;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.journal.ConflictCodec;
import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.ClientTraits;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Pool;
import io.athena.dhcpd.core.subnet.Reservation;
import io.athena.dhcpd.core.subnet.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One engine with its journal; exchanges wait as they do in the server's request path. Time is the server's own. */
final class SimServer {

    private static final long CONFLICT_HOLD = 900;

    /** Hears what the server says, and what it has made durable. */
    interface Outlet {

        void offered(SimClient to, Assignment assignment, int xid);

        /** @param answered the type of what the ACK answers */
        void acknowledged(SimClient to, Assignment assignment, int xid, MessageType answered);

        void refused(SimClient to, int xid);

        /** A lease is durable until {@code expiry}, whether its client hears of it or not. */
        void granted(SimClient to, Ipv4 address, long expiry);

        void gaveBack(SimClient from, Ipv4 address);
    }

    final SimJournal journal = new SimJournal();
    private final Outlet outlet;
    private final Map<Ipv4, byte[]> homeless = new TreeMap<>();
    private final List<Conflict> homelessConflicts = new ArrayList<>();
    /** What somebody who follows the changes believes. */
    private final Map<Ipv4, Lease> heard = new HashMap<>();

    private Topology topology;
    private boolean authoritative;
    private CommitQueue commits;
    private LeaseEngine engine;
    private EngineAudit audit;
    /** Never behind the newest record when the engine was started. */
    private long now;

    SimServer(Topology topology, long now, Outlet outlet) {
        this.topology = topology;
        this.outlet = outlet;
        this.now = now;
        this.commits = new CommitQueue(() -> {});
        journal.listen(commits);
        journal.clock = now;
        this.engine = newEngine();
        this.audit = new EngineAudit(engine);
        engine.records().loaded();
    }

    private LeaseEngine newEngine() {
        LeaseEngine fresh =
                new LeaseEngine(link(), journal, commits, NamePolicy.NONE, settings(), EngineListeners.of(this::hear));
        fresh.records().keepTraits(true);
        return fresh;
    }

    private void hear(Lease lease) {
        if (lease.isActive(now) && durable(lease.ip()) == null) {
            throw new AssertionError(lease + " was told of and is not durable");
        }
        heard.put(lease.ip(), lease);
    }

    private EngineSettings settings() {
        return new EngineSettings(60, authoritative, 0, false, CONFLICT_HOLD, 3600, 1000);
    }

    private Link link() {
        return topology.links().get(0);
    }

    long now() {
        return now;
    }

    void pass(long seconds) {
        now += seconds;
        journal.clock = now;
    }

    boolean tick() {
        return engine.tick(now);
    }

    void settle() {
        commits.settle();
    }

    void audit() {
        audit.check();
    }

    void auditAtRest() {
        audit.checkAtRest();
        if (commits.size() != 0 || commits.parked() != 0) {
            throw new AssertionError(commits.size() + " changes and " + commits.parked() + " exchanges still wait");
        }
        heard.forEach((address, lease) -> {
            Lease now = engine.records().find(address);
            if (now == null || now.state() != lease.state() || now.expiry() != lease.expiry()) {
                throw new AssertionError("who follows the changes believes " + lease + ", but it is " + now);
            }
        });
    }

    List<Lease> leases() {
        List<Lease> all = new ArrayList<>();
        engine.records().page(0, Integer.MAX_VALUE, all);
        return all;
    }

    // --- reload and restart ---------------------------------------------------------------------------------------

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
        engine.records().export(images::put, conflicts::add);
        engine.retire();
        fill(images, conflicts);
    }

    /** The power goes and comes back; the clock says {@code clock}, whatever it said before. */
    void crash(long clock) {
        journal.crash();
        commits = new CommitQueue(() -> {});
        journal.listen(commits);
        // BootClock does the same at a real start.
        now = Math.max(clock, journal.newestTime);
        journal.clock = now;
        Map<Ipv4, byte[]> images = new TreeMap<>();
        journal.leases.forEach((address, image) -> images.put(new Ipv4(address), image));
        List<Conflict> conflicts = new ArrayList<>();
        for (byte[] image : journal.conflicts.values()) {
            try {
                conflicts.add(ConflictCodec.decode(image));
            } catch (CorruptRecordException e) {
                throw new AssertionError("a conflict was stored that cannot be read", e);
            }
        }
        fill(images, conflicts);
    }

    private void fill(Map<Ipv4, byte[]> images, List<Conflict> conflicts) {
        homeless.clear();
        homelessConflicts.clear();
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
        audit = new EngineAudit(engine);
    }

    private void load(Ipv4 address, byte[] image) {
        try {
            engine.records().load(address, image);
        } catch (CorruptRecordException e) {
            throw new AssertionError("a lease was stored that cannot be read", e);
        }
    }

    // --- the request path -----------------------------------------------------------------------------------------

    void receive(SimClient from, ClientRequest request) {
        LeaseEngine at = engine;
        begin(at, from, request);
    }

    private void begin(LeaseEngine at, SimClient from, ClientRequest request) {
        if (at.isRetired() || at != engine) {
            return;
        }
        switch (request.type()) {
            case DISCOVER -> conclude(at, from, request, at.offer(request, now));
            case REQUEST -> conclude(at, from, request, at.confirm(request, now));
            case BOOTP -> conclude(at, from, request, at.bootp(request, now));
            case RELEASE -> conclude(at, from, request, at.release(request, now));
            case DECLINE -> conclude(at, from, request, at.decline(request, now));
            default -> at.inform(request, now);
        }
    }

    private void conclude(LeaseEngine at, SimClient from, ClientRequest request, Answer answer) {
        if (answer instanceof Answer.Offered offered) {
            demandRight(request, offered.assignment().address());
            outlet.offered(from, offered.assignment(), request.xid());
        } else if (answer instanceof Answer.Granted granted) {
            acknowledge(from, request, granted.assignment(), now);
        } else if (answer instanceof Answer.Committing committing) {
            Assignment assignment = committing.assignment();
            demandRight(request, assignment.address());
            long judgedAt = now;
            committing.change().ownedBy(durable -> {
                if (durable) {
                    acknowledge(from, request, assignment, judgedAt);
                } else {
                    conclude(at, from, request, at.afterFailure(request, assignment, now));
                }
            });
        } else if (answer instanceof Answer.Behind behind) {
            commits.parkBehind(behind.change(), () -> begin(at, from, request));
        } else if (answer instanceof Answer.Refused refused) {
            demandCause(request, refused);
            outlet.refused(from, request.xid());
        } else if (answer instanceof Answer.Noted || isUnheldDecline(answer)) {
            outlet.gaveBack(from, request.type() == MessageType.RELEASE ? request.ciaddr() : asked(request));
        }
    }

    /** Past the budget of DECLINEs the lease ends all the same; only its address is not withheld. */
    private static boolean isUnheldDecline(Answer answer) {
        return answer instanceof Answer.Silent silent && silent.reason() == DropReason.TOO_MANY_DECLINES;
    }

    void takeOver(Lease lease) {
        engine.records().takeOver(lease, now);
    }

    private static Ipv4 asked(ClientRequest request) {
        Ipv4 asked = request.requestedIp();
        return asked == null ? Ipv4.ANY : asked;
    }

    private void acknowledge(SimClient to, ClientRequest request, Assignment assignment, long judgedAt) {
        Lease durable = durable(assignment.address());
        long promised = Promises.end(judgedAt, assignment.leaseSeconds());
        boolean bootp = request.type() == MessageType.BOOTP;
        boolean kept = durable != null
                && durable.key().equals(request.key())
                && (durable.expiry() == LeaseTimes.FOREVER || (!bootp && durable.expiry() >= promised));
        if (!kept || !durable.isActive(judgedAt)) {
            throw new AssertionError("an ACK of " + assignment.address() + " until " + promised + " to " + to
                    + " while the disk says " + durable);
        }
        outlet.granted(to, assignment.address(), durable.expiry());
        outlet.acknowledged(to, assignment, request.xid(), request.type());
    }

    private @Nullable Lease durable(Ipv4 address) {
        byte[] image = journal.leases.get(address.bits());
        try {
            return image == null ? null : LeaseCodec.decode(image);
        } catch (CorruptRecordException e) {
            throw new AssertionError("a lease was stored that cannot be read", e);
        }
    }

    private void demandRight(ClientRequest request, Ipv4 address) {
        if (!hasRight(request, address)) {
            throw new AssertionError(address + " goes to " + request.key() + ", which has no right to it");
        }
    }

    /** A holder whose place and reservation speak for its address is not sent away, whichever way its message came. */
    private void demandCause(ClientRequest request, Answer.Refused refused) {
        Lease lease = request.ciaddr().isAny() ? null : engine.records().find(request.ciaddr());
        Reservation own = link().reservationFor(PlacedClient.of(request));
        if (refused.reason() == DropReason.NOT_YOUR_ADDRESS
                && lease != null
                && lease.isActive(now)
                && lease.key().equals(request.key())
                && lease.circuitId() != null
                && (own == null || own.ip().equals(lease.ip()))
                && hasRight(request, lease.ip())) {
            throw new AssertionError(request.key() + " is refused its " + lease.ip() + ": " + refused);
        }
    }

    private boolean hasRight(ClientRequest request, Ipv4 address) {
        ClientTraits client = PlacedClient.of(request);
        Link link = link();
        Reservation reservation = link.reservationAt(address);
        Pool pool = link.poolOf(address);
        return !link.isForbidden(address)
                && (reservation != null
                        ? reservation.matches(client)
                        : pool != null
                                && pool.admits(client)
                                && (request.type() != MessageType.BOOTP || pool.servesBootp()));
    }
}
