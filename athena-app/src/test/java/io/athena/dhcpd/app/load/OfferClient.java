package io.athena.dhcpd.app.load;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * New clients of a relay agent, each on a port of its own: what they are offered and when. One line an answer, {@code MAC
 * ADDRESS MILLIS}, and {@code MAC - -} where there was none:
 *
 * <pre>
 * crowd    SERVER:PORT SEGMENT CLIENTS FIRST SECONDS         all ask once, at once, and wait so long for the last answer
 * insist   SERVER:PORT SEGMENT CLIENTS FIRST SECONDS         the same, but who hears nothing asks again each 4 s
 * each     SERVER:PORT SEGMENT CLIENTS FIRST SECONDS PAUSE   one asks after the other, again after 4 s, for so long at
 *                                                            most; PAUSE milliseconds lie between two
 * again    SERVER:PORT SEGMENT CLIENTS FIRST SECONDS PAUSE   the same, but each asks twice and its second answer counts
 * hesitate SERVER:PORT SEGMENT CLIENT MILLIS                 one asks, waits, and takes what it was offered: ACK, NAK or
 *                                                            silence
 * </pre>
 */
final class OfferClient {

    private static final int GROUP = 9;
    private static final int PATIENCE = 30;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final RelayAgent agent;

    private OfferClient(RelayAgent agent) {
        this.agent = agent;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        String[] server = args[1].split(":");
        InetSocketAddress address = new InetSocketAddress(server[0], Integer.parseInt(server[1]));
        try (RelayAgent agent = new RelayAgent(args[2], address)) {
            OfferClient client = new OfferClient(agent);
            int first = Integer.parseInt(args[3]);
            int second = Integer.parseInt(args[4]);
            switch (args[0]) {
                case "crowd" -> client.askAtOnce(second, first, Integer.parseInt(args[5]), Long.MAX_VALUE);
                case "insist" -> client.askAtOnce(second, first, Integer.parseInt(args[5]), RETRY_NANOS);
                case "each", "again" -> client.askInTurn(second, first, args);
                default -> client.hesitate(first, second);
            }
        }
    }

    private void askAtOnce(int first, int clients, int seconds, long retryNanos) throws IOException {
        Map<MacAddress, Long> asked = new LinkedHashMap<>();
        try (Selector selector = Selector.open()) {
            agent.register(selector);
            for (int i = first; i < first + clients; i++) {
                asked.put(mac(i), System.nanoTime());
                agent.send(discover(i));
                hear(asked);
            }
            long began = System.nanoTime();
            long lastSent = began;
            while (!asked.isEmpty() && System.nanoTime() - began < TimeUnit.SECONDS.toNanos(seconds)) {
                if (System.nanoTime() - lastSent > retryNanos) {
                    lastSent = System.nanoTime();
                    for (int i = first; i < first + clients; i++) {
                        if (asked.containsKey(mac(i))) {
                            agent.send(discover(i));
                        }
                    }
                }
                selector.select(100);
                selector.selectedKeys().clear();
                hear(asked);
            }
        }
        asked.keySet().forEach(mac -> System.out.println(mac + " - -"));
    }

    private void askInTurn(int first, int clients, String[] args) throws IOException, InterruptedException {
        int seconds = Integer.parseInt(args[5]);
        int pause = Integer.parseInt(args[6]);
        int times = args[0].equals("again") ? 2 : 1;
        for (int i = first; i < first + clients; i++) {
            String answer = "";
            for (int time = 0; time < times; time++) {
                answer = ask(i, seconds);
            }
            System.out.println(answer);
            TimeUnit.MILLISECONDS.sleep(pause);
        }
    }

    /** As clients do when they hear nothing, the DISCOVER is sent again after 4 s (RFC 2131 section 4.1). */
    private String ask(int number, int seconds) throws IOException {
        long since = System.nanoTime();
        long end = since + TimeUnit.SECONDS.toNanos(seconds);
        try (Selector selector = Selector.open()) {
            agent.register(selector);
            while (System.nanoTime() < end) {
                agent.send(discover(number));
                long again = Math.min(end, System.nanoTime() + RETRY_NANOS);
                while (System.nanoTime() < again) {
                    selector.select(10);
                    selector.selectedKeys().clear();
                    Optional<ServerReply> reply = agent.receive().filter(each -> each.xid() == number);
                    if (reply.isPresent()) {
                        return line(reply.get(), since);
                    }
                }
            }
        }
        return mac(number) + " - -";
    }

    private static String line(ServerReply reply, long since) {
        return String.format("%s %s %.1f", reply.mac(), reply.yiaddr(), (System.nanoTime() - since) / 1e6);
    }

    /** Takes what has come; a second answer to the same client is nobody's. */
    private void hear(Map<MacAddress, Long> asked) throws IOException {
        for (Optional<ServerReply> reply = agent.receive(); reply.isPresent(); reply = agent.receive()) {
            Long since = asked.remove(reply.get().mac());
            if (since != null && reply.get().type() == ServerReply.OFFER) {
                System.out.println(line(reply.get(), since));
            }
        }
    }

    private void hesitate(int number, int millis) throws IOException, InterruptedException {
        Optional<ServerReply> offer = agent.ask(discover(number), reply -> reply.xid() == number, PATIENCE);
        Ipv4 address = offer.map(ServerReply::yiaddr).orElse(Ipv4.ANY);
        System.out.println("OFFER " + address);
        TimeUnit.MILLISECONDS.sleep(millis);
        int xid = number + 1;
        byte[] request = agent.relayed(
                Datagram.of(Datagram.REQUEST, xid, mac(number))
                        .option(50, address)
                        .option(54, offer.map(ServerReply::serverId).orElse(Ipv4.ANY)),
                number);
        String answer = agent.ask(request, reply -> reply.xid() == xid, PATIENCE)
                .map(reply -> switch (reply.type()) {
                    case ServerReply.ACK -> "ACK " + reply.yiaddr();
                    case ServerReply.NAK -> "NAK";
                    default -> "type " + reply.type();
                })
                .orElse("silence");
        System.out.println(answer);
    }

    private byte[] discover(int number) {
        return agent.relayed(Datagram.of(Datagram.DISCOVER, number, mac(number)), number);
    }

    private static MacAddress mac(int number) {
        return LoadClient.mac(GROUP, number);
    }
}
