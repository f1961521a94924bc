package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.engine.Assignment;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A site in small: clients that behave and clients that do not, a network that loses, repeats and reorders, a disk that
 * fails, a power plug, an operator. Everything follows from one seed.
 */
final class Simulation implements Outlet {

    private static final int LAST_STEPS = 50;

    /** A wide pool is looked through now and then. */
    private static final int STEPS_A_WIDE_AUDIT = 50;

    private final World world;
    private final Random random;
    private final List<SimClient> clients = new ArrayList<>();
    private final Landscape landscape;
    private final SimServer server;
    private final Promises promises = new Promises();
    private final Habits habits;
    private final Flood flood;
    private final Faults faults;
    private final Set<Ipv4> squatted = new LinkedHashSet<>();
    private final List<Runnable> network = new ArrayList<>();
    private final Deque<String> history = new ArrayDeque<>();
    private long now = 1_800_000_000L;

    /** How often the whole story was told: tests make sure that the simulation does something. */
    int acknowledged;

    int crashes;
    int naks;
    int rapidCommits;
    int declines;

    Simulation(long seed, boolean journalLies) {
        world = World.of(seed);
        random = new Random(seed);
        for (int i = 0; i < 16; i++) {
            clients.add(new SimClient(i, i, i % 4 != 0, i % 5 == 4, i == 9));
        }
        for (int i = 16; i < 20; i++) {
            clients.add(new SimClient(i, i - 16, (i - 16) % 4 == 0, false, false));
        }
        landscape = new Landscape(random, clients, world.wide());
        server = new SimServer(
                landscape.draw(), now, this, on -> world.probes() ? new SimProber(random, on, squatted) : null);
        server.journal.lies = journalLies;
        habits = new Habits(random, landscape, promises, this::send);
        faults = new Faults(world, random, server, promises, clients, this::note);
        flood = new Flood(random, server, world.wide());
    }

    /** @throws AssertionError with the last steps when a promise is broken */
    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            try {
                step();
                if (!world.wide() || i % STEPS_A_WIDE_AUDIT == 0) {
                    server.audit().check();
                }
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(e + "\nat step " + i + ", after:\n" + String.join("\n", history), e);
            }
        }
    }

    private void note(String what) {
        if (history.size() == LAST_STEPS) {
            history.remove();
        }
        history.add(now + " " + what);
    }

    private void step() {
        int dice = random.nextInt(1000);
        if (dice < 220) {
            habits.act(clients.get(random.nextInt(clients.size())), now);
        } else if (dice < 640) {
            deliver();
        } else if (dice < 840) {
            faults.disk();
        } else if (dice < 985) {
            pass(random.nextInt(40) == 0 ? random.nextInt(2000) : random.nextInt(3));
        } else if (dice < 990) {
            note("reload");
            server.reload(landscape.draw(), random.nextBoolean());
        } else if (dice < 996) {
            importLease();
        } else {
            crashes++;
            faults.crash(now);
        }
        if (world.probes()) {
            probes();
        }
        if (world.floods() && random.nextInt(300) == 0) {
            note(flood.burst(habits.nextXid(), now));
        }
    }

    private void probes() {
        server.probe(random.nextInt(4));
        if (random.nextInt(200) == 0) {
            Ipv4 address = landscape.anyAddress();
            note(squatted.add(address) ? "somebody uses " + address : "nobody uses " + address + " any more");
            if (squatted.size() > 4 || random.nextBoolean()) {
                squatted.remove(squatted.iterator().next());
            }
        }
    }

    // --- the world ------------------------------------------------------------------------------------------------

    private void send(SimClient from, ClientRequest request) {
        note(from + " sends " + request.type() + " xid " + request.xid() + " ciaddr " + request.ciaddr() + " asks "
                + request.requestedIp() + " server " + request.serverId() + " for " + request.requestedLeaseTime());
        network.add(() -> {
            note("arrives: " + from + " " + request.type() + " xid " + request.xid());
            if (request.type() == MessageType.REQUEST || request.wishes().rapidCommit()) {
                promises.leftBootp(from);
            }
            server.path.receive(from, request);
        });
    }

    /** Lost, repeated, or delivered in any order. */
    private void deliver() {
        if (network.isEmpty()) {
            return;
        }
        int which = random.nextInt(3) == 0 ? random.nextInt(network.size()) : 0;
        int fate = random.nextInt(20);
        if (fate == 0 || network.size() > 60) {
            network.remove(which);
        } else {
            (fate == 1 ? network.get(which) : network.remove(which)).run();
        }
    }

    private void pass(long seconds) {
        now += seconds;
        server.pass(seconds);
        if (random.nextInt(4) > 0) {
            server.tick();
        }
    }

    private void importLease() {
        SimClient client = clients.get(random.nextInt(clients.size()));
        Ipv4 address = landscape.anyAddress();
        note("import of " + address + " for " + client);
        server.takeOver(landscape.imported(client, address, server.now()));
    }

    // --- what the server says -------------------------------------------------------------------------------------

    @Override
    public void offered(SimClient to, Assignment assignment, int xid) {
        promises.demandFree(to, assignment.address(), now, "offered");
        if (to.isInvented()) {
            to.offered = assignment.address();
            return;
        }
        network.add(() -> {
            if (to.phase == SimClient.Phase.SELECTING && to.xid == xid) {
                to.phase = SimClient.Phase.REQUESTING;
                to.sentAt = now;
                habits.take(to, assignment.address());
            }
        });
    }

    @Override
    public void acknowledged(SimClient to, Assignment assignment, int xid, MessageType answered) {
        boolean bootp = answered == MessageType.BOOTP;
        note("ACK of " + assignment.address() + " for " + assignment.leaseSeconds() + " s to " + to + " xid " + xid);
        promises.demandFree(to, assignment.address(), now, "acknowledged");
        if (to.isInvented()) {
            accept(to, assignment, xid, answered, true);
            return;
        }
        int ended = to.ended;
        int acknowledgement = ++to.acknowledgements;
        // A promise without end gives way to a later one: a BOOTP reply that another ACK overtook promises nothing.
        network.add(() -> accept(
                to,
                assignment,
                xid,
                answered,
                to.ended == ended && (!bootp || to.acknowledgements == acknowledgement)));
    }

    private void accept(SimClient to, Assignment assignment, int xid, MessageType answered, boolean valid) {
        boolean rapid = answered == MessageType.DISCOVER;
        SimClient.Phase waiting = rapid ? SimClient.Phase.SELECTING : SimClient.Phase.REQUESTING;
        long end =
                Promises.end(to.sentAt, answered == MessageType.BOOTP ? LeaseTimes.FOREVER : assignment.leaseSeconds());
        if (to.phase == waiting && to.xid == xid && end > now) {
            rapidCommits += rapid ? 1 : 0;
            note("seen by " + to + ": " + assignment.address());
            acknowledged++;
            to.phase = SimClient.Phase.BOUND;
            to.lease = assignment.address();
            if (valid) {
                promises.seen(to, assignment.address(), end, now);
            }
        }
    }

    @Override
    public void refused(SimClient to, int xid) {
        naks++;
        network.add(() -> {
            if (to.phase == SimClient.Phase.REQUESTING && to.xid == xid) {
                to.phase = SimClient.Phase.IDLE;
                to.lease = null;
            }
        });
    }

    @Override
    public void granted(SimClient to, Ipv4 address, long expiry) {
        clients.stream()
                .filter(other ->
                        other.machine == to.machine && other.number != to.number && address.equals(other.granted))
                .forEach(other -> other.ended++);
        if (!address.equals(to.granted)) {
            to.ended++;
            to.granted = address;
        }
        long left = expiry == LeaseTimes.FOREVER ? LeaseTimes.FOREVER : expiry - server.now();
        promises.granted(to, address, Promises.end(now, left));
    }

    @Override
    public void gaveBack(SimClient from, Ipv4 address) {
        declines++;
        from.ended++;
        promises.givenBack(from, address);
    }

    // --- the end --------------------------------------------------------------------------------------------------

    /** All clients are gone: what lasts for ever is given back, and time passes. */
    void end() {
        network.clear();
        server.journal.writable = true;
        squatted.clear();
        drain();
        for (Lease lease : server.leases()) {
            clients.stream()
                    .filter(client -> lease.expiry() == LeaseTimes.FOREVER && client.key.equals(lease.key()))
                    .forEach(client -> server.path.receive(
                            client, client.message(MessageType.RELEASE, lease.ip(), null, null, -1)));
        }
        pass(100_000);
        server.believeClock();
        boolean more = true;
        while (more) {
            more = server.tick();
            drain();
        }
        server.audit().check();
        server.auditAtRest();
    }

    private void drain() {
        for (int i = 0; i < 1000; i++) {
            server.journal.sync(Integer.MAX_VALUE);
            server.settle();
            server.endProbes();
        }
    }
}
