package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.engine.Assignment;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A site in small: clients that behave and clients that do not, a network that loses, repeats and reorders, a disk that
 * fails, a power plug, an operator. Everything follows from one seed.
 */
final class Simulation implements SimServer.Outlet {

    private static final int LAST_STEPS = 50;

    private final Random random;
    private final List<SimClient> clients = new ArrayList<>();
    private final Landscape landscape;
    private final SimServer server;
    private final Promises promises = new Promises();
    private final List<Runnable> network = new ArrayList<>();
    private final Deque<String> history = new ArrayDeque<>();
    private long now = 1_800_000_000L;
    private int nextXid = 1;

    /** How often the whole story was told: tests make sure that the simulation does something. */
    int acknowledged;

    int crashes;
    int naks;
    int rapidCommits;
    int declines;

    Simulation(long seed, boolean journalLies) {
        random = new Random(seed);
        for (int i = 0; i < 16; i++) {
            clients.add(new SimClient(i, i, i % 3 != 0, i % 5 == 4, i == 9));
        }
        for (int i = 16; i < 20; i++) {
            clients.add(new SimClient(i, i - 16, (i - 16) % 3 == 0, false, false));
        }
        landscape = new Landscape(random, clients);
        server = new SimServer(landscape.draw(), now, this);
        server.journal.lies = journalLies;
    }

    /** @throws AssertionError with the last steps when a promise is broken */
    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            try {
                step();
                server.audit();
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
            act(clients.get(random.nextInt(clients.size())));
        } else if (dice < 640) {
            deliver();
        } else if (dice < 840) {
            disk();
        } else if (dice < 985) {
            pass(random.nextInt(40) == 0 ? random.nextInt(2000) : random.nextInt(3));
        } else if (dice < 990) {
            note("reload");
            server.reload(landscape.draw(), random.nextBoolean());
        } else if (dice < 996) {
            importLease();
        } else {
            crash();
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
            server.receive(from, request);
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

    private void disk() {
        int dice = random.nextInt(100);
        if (dice < 90) {
            server.journal.sync(1 + random.nextInt(6));
        } else if (dice < 96) {
            note("a batch fails");
            server.journal.fail(1 + random.nextInt(4));
        } else {
            server.journal.writable = !server.journal.writable || random.nextInt(4) > 0;
            note("writable: " + server.journal.writable);
        }
        if (random.nextInt(3) > 0) {
            server.settle();
        }
    }

    private void pass(long seconds) {
        now += seconds;
        server.pass(seconds);
        if (random.nextInt(4) > 0) {
            server.tick();
        }
    }

    /** The clock may be behind afterwards, never ahead: an early end cannot be told from a true one. */
    private void crash() {
        crashes++;
        long behind = random.nextInt(4) == 0 ? random.nextInt(5000) : 0;
        note("crash, the clock is " + behind + " s behind");
        server.crash(server.now() - behind);
    }

    private void importLease() {
        SimClient client = clients.get(random.nextInt(clients.size()));
        Ipv4 address = landscape.anyAddress();
        note("import of " + address + " for " + client);
        server.takeOver(imported(client, address));
    }

    private Lease imported(SimClient client, Ipv4 address) {
        ClientKey key = client.key;
        long start = server.now();
        return new Lease(
                address,
                LeaseState.ACTIVE,
                key,
                client.mac,
                client.clientId,
                null,
                "host.example",
                start,
                start + random.nextInt(2000),
                new Cidr(new Ipv4(address.bits() & ~255), 24),
                null,
                Ipv4.ANY,
                null,
                null,
                null,
                null,
                start,
                start,
                null);
    }

    // --- clients --------------------------------------------------------------------------------------------------

    private void act(SimClient client) {
        if (client.greedy && random.nextInt(3) == 0) {
            grab(client);
        } else if (client.last != null && random.nextInt(5) == 0) {
            send(client, client.last);
        } else if (client.bootp || random.nextInt(200) == 0) {
            client.newTransaction(nextXid++, now, SimClient.Phase.REQUESTING);
            send(client, client.message(MessageType.BOOTP, Ipv4.ANY, null, null, -1));
        } else if (client.phase == SimClient.Phase.BOUND && client.lease != null) {
            live(client, client.lease);
        } else if (client.phase == SimClient.Phase.IDLE || random.nextInt(4) == 0) {
            start(client);
        }
    }

    private void start(SimClient client) {
        Ipv4 lease = client.lease;
        if (lease != null && random.nextBoolean()) {
            client.newTransaction(nextXid++, now, SimClient.Phase.REQUESTING);
            send(client, client.message(MessageType.REQUEST, Ipv4.ANY, lease, null, leaseTime()));
        } else {
            client.newTransaction(nextXid++, now, SimClient.Phase.SELECTING);
            Ipv4 wish = random.nextInt(4) == 0 ? landscape.anyAddress() : lease;
            send(client, client.message(MessageType.DISCOVER, Ipv4.ANY, wish, null, leaseTime()));
        }
    }

    private void live(SimClient client, Ipv4 lease) {
        switch (random.nextInt(12)) {
            case 0 -> giveBack(client, lease, MessageType.RELEASE);
            case 1 -> giveBack(client, lease, MessageType.DECLINE);
            case 2 -> send(client, client.message(MessageType.INFORM, lease, null, null, -1));
            case 3, 4 -> start(client);
            default -> {
                client.newTransaction(nextXid++, now, SimClient.Phase.REQUESTING);
                send(client, client.message(MessageType.REQUEST, lease, null, null, leaseTime()));
            }
        }
    }

    private void giveBack(SimClient client, Ipv4 lease, MessageType how) {
        promises.givenBack(client, lease);
        client.lease = null;
        client.newTransaction(nextXid++, now, SimClient.Phase.IDLE);
        boolean release = how == MessageType.RELEASE;
        send(client, client.message(how, release ? lease : Ipv4.ANY, release ? null : lease, Landscape.SERVER, -1));
    }

    /** Asks for what is somebody else's, in every way there is. */
    private void grab(SimClient client) {
        Ipv4 wish = landscape.anyAddress();
        client.newTransaction(nextXid++, now, SimClient.Phase.REQUESTING);
        ClientRequest request =
                switch (random.nextInt(6)) {
                    case 0 -> client.message(MessageType.REQUEST, Ipv4.ANY, wish, Landscape.SERVER, -1);
                    case 1 -> client.message(MessageType.REQUEST, Ipv4.ANY, wish, null, -1);
                    case 2 -> client.message(MessageType.REQUEST, wish, null, null, -1);
                    case 3 -> client.message(MessageType.RELEASE, wish, null, null, -1);
                    case 4 -> client.message(MessageType.DECLINE, Ipv4.ANY, wish, null, -1);
                    default -> client.message(MessageType.REQUEST, Ipv4.ANY, wish, Ipv4.parse("10.0.0.77"), -1);
                };
        send(client, request);
    }

    private long leaseTime() {
        return random.nextInt(5) == 0 ? random.nextInt(200) : -1;
    }

    // --- what the server says -------------------------------------------------------------------------------------

    @Override
    public void offered(SimClient to, Assignment assignment, int xid) {
        promises.demandFree(to, assignment.address(), now, "offered");
        network.add(() -> {
            if (to.phase == SimClient.Phase.SELECTING && to.xid == xid) {
                to.phase = SimClient.Phase.REQUESTING;
                to.sentAt = now;
                send(
                        to,
                        to.message(MessageType.REQUEST, Ipv4.ANY, assignment.address(), Landscape.SERVER, leaseTime()));
            }
        });
    }

    @Override
    public void acknowledged(SimClient to, Assignment assignment, int xid, MessageType answered) {
        boolean bootp = answered == MessageType.BOOTP;
        note("ACK of " + assignment.address() + " for " + assignment.leaseSeconds() + " s to " + to + " xid " + xid);
        promises.demandFree(to, assignment.address(), now, "acknowledged");
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
        drain();
        for (Lease lease : server.leases()) {
            clients.stream()
                    .filter(client -> lease.expiry() == LeaseTimes.FOREVER && client.key.equals(lease.key()))
                    .forEach(client ->
                            server.receive(client, client.message(MessageType.RELEASE, lease.ip(), null, null, -1)));
        }
        pass(100_000);
        boolean more = true;
        while (more) {
            more = server.tick();
            drain();
        }
        server.audit();
        server.auditAtRest();
    }

    private void drain() {
        for (int i = 0; i < 1000; i++) {
            server.journal.sync(Integer.MAX_VALUE);
            server.settle();
        }
    }
}
