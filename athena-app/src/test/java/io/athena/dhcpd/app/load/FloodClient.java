package io.athena.dhcpd.app.load;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Floods a server with clients that it invents, as {@code lab/flood.sh} asks: {@code FloodClient SERVER:PORT SEGMENT}.
 * Known clients renew and restart meanwhile, on the same port of the same relay agent. Prints PASS or FAIL a promise.
 */
final class FloodClient {

    private static final int KNOWN = 20;
    private static final int NEW = 40;

    /** How long a client goes on asking, in seconds; a busy machine needs some of it. */
    private static final int TRIES = 30;

    private static final int STARVATION_SECONDS = 12;
    private static final int DECLINES = 100;
    private static final int FILL_SECONDS = 180;

    /** Seconds without an offer after which nothing is free: the limit on newcomers lets some through each second. */
    private static final int PATIENCE = 6;

    private static final int ATTACKERS = 8;
    private static final int GOOD = 7;

    private final RelayAgent agent;
    private final Ipv4 server;
    private final Map<MacAddress, Ipv4> known = new LinkedHashMap<>();
    private int xid = 0x20000;
    private int invented;
    private int sent;

    private FloodClient(RelayAgent agent, Ipv4 server) {
        this.agent = agent;
        this.server = server;
    }

    public static void main(String[] args) throws IOException {
        String[] server = args[0].split(":");
        InetSocketAddress address = new InetSocketAddress(server[0], Integer.parseInt(server[1]));
        try (RelayAgent agent = new RelayAgent(args[1], address)) {
            new FloodClient(agent, Ipv4.parse(server[0])).run();
        }
    }

    private void run() throws IOException {
        for (int i = 0; i < KNOWN; i++) {
            MacAddress mac = LoadClient.mac(GOOD, i);
            dora(mac).ifPresent(ack -> known.put(mac, ack.yiaddr()));
        }
        tell("known clients have leases", known.size() == KNOWN ? List.of() : List.of(known.size() + " of " + KNOWN));
        MacAddress returning = LoadClient.mac(GOOD, KNOWN);
        Ipv4 former = dora(returning).orElseThrow().yiaddr();
        release(returning, former);
        tell(
                "while invented clients ask, known clients renew and restart, and one that had left returns",
                starve(returning));
        System.out.println(
                "# " + sent + " DISCOVERs of " + invented + " invented clients in " + STARVATION_SECONDS + " s");
        tell("after a storm of DECLINEs new clients get addresses", declineStorm());
        tell("when invented clients have taken what is free, known clients renew and restart", fill());
        tell("no known client's lease went to another", stillTheirs());
    }

    private static void tell(String name, List<String> problems) {
        System.out.println(problems.isEmpty() ? "PASS " + name : "FAIL " + name + " — " + problems);
    }

    // --- clients ------------------------------------------------------------------------------------------------

    private Optional<ServerReply> dora(MacAddress mac) throws IOException {
        int id = ++xid;
        Optional<ServerReply> offer = agent.ask(
                agent.relayed(Datagram.of(Datagram.DISCOVER, id, mac)),
                r -> r.xid() == id && r.type() == ServerReply.OFFER,
                TRIES);
        return offer.isEmpty() ? offer : select(id, mac, offer.get());
    }

    private Optional<ServerReply> select(int id, MacAddress mac, ServerReply offer) throws IOException {
        byte[] request = agent.relayed(Datagram.of(Datagram.REQUEST, id, mac)
                .option(50, offer.yiaddr())
                .option(54, offer.serverId()));
        return agent.ask(request, r -> r.xid() == id && r.type() != ServerReply.OFFER, TRIES)
                .filter(r -> r.type() == ServerReply.ACK);
    }

    /** The client asks for what it has: renewing, restarting, or beginning anew. */
    private Optional<String> keeps(MacAddress mac, Ipv4 address, int turn) throws IOException {
        int id = ++xid;
        Datagram request = Datagram.of(Datagram.REQUEST, id, mac);
        Optional<ServerReply> ack =
                switch (turn % 3) {
                    case 0 -> agent.ask(agent.relayed(request.ciaddr(address)), r -> r.xid() == id, TRIES);
                    case 1 -> agent.ask(agent.relayed(request.option(50, address)), r -> r.xid() == id, TRIES);
                    default -> dora(mac);
                };
        boolean same = ack.filter(r -> r.type() == ServerReply.ACK && r.yiaddr().equals(address))
                .isPresent();
        return same ? Optional.empty() : Optional.of(mac + " got " + ack + " for its " + address);
    }

    private List<String> allKeep(int turn) throws IOException {
        List<String> problems = new ArrayList<>();
        for (Map.Entry<MacAddress, Ipv4> each : known.entrySet()) {
            keeps(each.getKey(), each.getValue(), turn).ifPresent(problems::add);
        }
        return problems;
    }

    private void release(MacAddress mac, Ipv4 address) throws IOException {
        agent.send(Datagram.of(Datagram.RELEASE, ++xid, mac)
                .ciaddr(address)
                .option(54, server)
                .bytes());
    }

    // --- floods -------------------------------------------------------------------------------------------------

    /** Random clients ask without end and take nothing; between two bursts known clients have their turn. */
    private List<String> starve(MacAddress returning) throws IOException {
        List<String> problems = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARVATION_SECONDS);
        int turn = 0;
        List<MacAddress> clients = List.copyOf(known.keySet());
        boolean returned = false;
        while (System.nanoTime() < end || !returned) {
            burst(2_000);
            MacAddress one = clients.get(turn % KNOWN);
            keeps(one, known.getOrDefault(one, Ipv4.ANY), turn / KNOWN + turn).ifPresent(problems::add);
            if (++turn == KNOWN / 2) {
                returned = true;
                if (dora(returning).isEmpty()) {
                    problems.add("the client that returned got no lease");
                }
            }
        }
        return problems;
    }

    private void burst(int discovers) throws IOException {
        for (int i = 0; i < discovers; i++) {
            agent.send(agent.relayed(Datagram.of(Datagram.DISCOVER, ++xid, LoadClient.mac(ATTACKERS, invented++))));
            sent++;
        }
    }

    /** Each takes a lease and declines it. */
    private List<String> declineStorm() throws IOException {
        for (int i = 0; i < DECLINES; i++) {
            MacAddress mac = LoadClient.mac(ATTACKERS, invented++);
            Optional<ServerReply> ack = dora(mac);
            if (ack.isPresent()) {
                agent.send(agent.relayed(Datagram.of(Datagram.DECLINE, ++xid, mac)
                        .option(50, ack.get().yiaddr())
                        .option(54, server)));
            }
        }
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < NEW; i++) {
            if (dora(LoadClient.mac(GOOD, 1_000 + i)).isEmpty()) {
                problems.add("new client " + i + " got no lease");
            }
        }
        return problems;
    }

    /** Invented clients take leases until there are none left. */
    private List<String> fill() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(FILL_SECONDS);
        Optional<ServerReply> last = Optional.empty();
        do {
            int id = ++xid;
            MacAddress mac = LoadClient.mac(ATTACKERS, invented++);
            byte[] discover = agent.relayed(Datagram.of(Datagram.DISCOVER, id, mac));
            last = agent.ask(discover, r -> r.xid() == id, PATIENCE);
            if (last.isPresent()) {
                select(id, mac, last.get());
            }
        } while (last.isPresent() && System.nanoTime() < end);
        List<String> problems = new ArrayList<>(allKeep(0));
        problems.addAll(allKeep(1));
        problems.addAll(allKeep(2));
        if (last.isPresent()) {
            problems.add("there still were free addresses");
        }
        return problems;
    }

    private List<String> stillTheirs() throws IOException {
        List<String> problems = new ArrayList<>();
        for (Ipv4 address : known.values()) {
            int id = ++xid;
            byte[] stranger = agent.relayed(Datagram.of(Datagram.REQUEST, id, LoadClient.mac(ATTACKERS, invented++))
                    .option(50, address));
            agent.ask(stranger, r -> r.xid() == id, 2)
                    .filter(r -> r.type() == ServerReply.ACK)
                    .ifPresent(r -> problems.add("a stranger got " + address));
        }
        return problems;
    }
}
