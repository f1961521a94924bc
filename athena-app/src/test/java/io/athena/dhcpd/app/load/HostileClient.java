package io.athena.dhcpd.app.load;

import io.athena.dhcpd.app.load.BadInput.Item;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Sends bad input as {@code lab/hostile.sh} asks: {@code HostileClient SERVER:PORT SEGMENT}. After each item a good
 * client must be served, always with the same address. Prints PASS or FAIL an item.
 */
final class HostileClient {

    private static final MacAddress GOOD = MacAddress.parse("02:69:00:00:00:01");
    private static final MacAddress MALLORY = MacAddress.parse("02:6a:00:00:00:01");
    private static final int FLOOD = 100_000;

    /** How long a good client goes on asking; a busy machine needs some of it. */
    private static final int SECONDS = 30;

    private final RelayAgent agent;
    private final Ipv4 server;
    private int xid = 0x10000;
    private Ipv4 goodAddress = Ipv4.ANY;
    private int newcomers;

    private HostileClient(RelayAgent agent, Ipv4 server) {
        this.agent = agent;
        this.server = server;
    }

    public static void main(String[] args) throws IOException {
        String[] server = args[0].split(":");
        InetSocketAddress address = new InetSocketAddress(server[0], Integer.parseInt(server[1]));
        try (RelayAgent agent = new RelayAgent(args[1], address)) {
            new HostileClient(agent, Ipv4.parse(server[0])).run();
        }
    }

    private void run() throws IOException {
        tell("a good client is served", goodClient());
        for (Item item : BadInput.items(agent)) {
            String problem = send(item);
            tell("after " + item.name() + " a good client is served", problem.isEmpty() ? goodClient() : problem);
        }
        tell("a release by a stranger changes nothing", forged(Datagram.RELEASE));
        tell("a decline by a stranger changes nothing", forged(Datagram.DECLINE));
        tell("declines of the whole pool by strangers change nothing", declineAll());
        tell("after 1000 clients with one xid a good client is served", flood(1000, true));
        tell("after " + FLOOD + " unknown clients a good client is served", flood(FLOOD, false));
        tell("after them a new client is served", newClient());
    }

    private static void tell(String name, String problem) {
        System.out.println(problem.isEmpty() ? "PASS " + name : "FAIL " + name + " — " + problem);
    }

    /** Sends an item; what is wrong with the answer, or nothing. */
    private String send(Item item) throws IOException {
        Set<Integer> xids = new HashSet<>();
        for (byte[] datagram : item.datagrams()) {
            if (datagram.length >= 8) {
                xids.add(ByteBuffer.wrap(datagram).getInt(4));
            }
        }
        byte[] last = item.datagrams().get(item.datagrams().size() - 1);
        if (item.expect() == BadInput.Expect.OFFER) {
            Optional<ServerReply> offer = agent.ask(last, r -> xids.contains(r.xid()), SECONDS);
            return offer.filter(r -> r.type() == ServerReply.OFFER).isPresent() ? "" : "it got no OFFER";
        }
        for (byte[] datagram : item.datagrams()) {
            agent.send(datagram);
        }
        Optional<ServerReply> reply = replyBefore(xids);
        return switch (item.expect()) {
            case SILENCE ->
                reply.map(r -> "it was answered with a message of type " + r.type())
                        .orElse("");
            case NO_ACK ->
                reply.filter(r -> r.type() == ServerReply.ACK)
                        .map(r -> "it was given " + r.yiaddr())
                        .orElse("");
            case OFFER, ANYTHING -> "";
        };
    }

    /** A reply to one of these that comes before that to a DISCOVER sent after them: the server keeps a link's order. */
    private Optional<ServerReply> replyBefore(Set<Integer> xids) throws IOException {
        int probe = ++xid;
        Optional<ServerReply> first = agent.ask(
                agent.relayed(Datagram.of(Datagram.DISCOVER, probe, GOOD)),
                r -> xids.contains(r.xid()) || r.xid() == probe,
                SECONDS);
        return first.filter(r -> r.xid() != probe);
    }

    private String goodClient() throws IOException {
        Optional<ServerReply> ack = dora(GOOD);
        if (ack.isEmpty()) {
            return "the good client got no lease";
        }
        if (!goodAddress.isAny() && !goodAddress.equals(ack.get().yiaddr())) {
            return "the good client got " + ack.get().yiaddr() + " in place of " + goodAddress;
        }
        goodAddress = ack.get().yiaddr();
        return "";
    }

    private Optional<ServerReply> dora(MacAddress mac) throws IOException {
        int id = ++xid;
        Optional<ServerReply> offer = agent.ask(
                agent.relayed(Datagram.of(Datagram.DISCOVER, id, mac)),
                r -> r.xid() == id && r.type() == ServerReply.OFFER,
                SECONDS);
        if (offer.isEmpty()) {
            return offer;
        }
        byte[] request = agent.relayed(Datagram.of(Datagram.REQUEST, id, mac)
                .option(50, offer.get().yiaddr())
                .option(54, offer.get().serverId()));
        return agent.ask(request, r -> r.xid() == id && r.type() != ServerReply.OFFER, SECONDS)
                .filter(r -> r.type() == ServerReply.ACK);
    }

    /** Mallory gives back or declines the good client's address, whose holder must be able to reboot into it. */
    private String forged(int type) throws IOException {
        Datagram message = Datagram.of(type, ++xid, MALLORY).option(54, server);
        if (type == Datagram.RELEASE) {
            agent.send(message.ciaddr(goodAddress).bytes());
        } else {
            agent.send(agent.relayed(message.option(50, goodAddress)));
        }
        return reboot();
    }

    private String reboot() throws IOException {
        int id = ++xid;
        byte[] request = agent.relayed(Datagram.of(Datagram.REQUEST, id, GOOD).option(50, goodAddress));
        return agent.ask(request, r -> r.xid() == id, SECONDS)
                        .filter(r -> r.type() == ServerReply.ACK)
                        .isPresent()
                ? ""
                : "its holder was not acknowledged any more";
    }

    private String declineAll() throws IOException {
        for (int host = 1; host < 255; host++) {
            agent.send(agent.relayed(Datagram.of(Datagram.DECLINE, ++xid, LoadClient.mac(9, host))
                    .option(50, Ipv4.parse("10.67.0." + host))
                    .option(54, server)));
        }
        String problem = newClient();
        return problem.isEmpty() ? reboot() : problem;
    }

    private String flood(int clients, boolean oneXid) throws IOException {
        int id = ++xid;
        for (int i = 0; i < clients; i++) {
            agent.send(agent.relayed(Datagram.of(Datagram.DISCOVER, oneXid ? id : id + i, LoadClient.mac(8, i))));
        }
        xid += clients;
        return goodClient();
    }

    private String newClient() throws IOException {
        return dora(LoadClient.mac(7, ++newcomers)).isPresent() ? "" : "it got no lease";
    }
}
