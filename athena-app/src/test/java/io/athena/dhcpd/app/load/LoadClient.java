package io.athena.dhcpd.app.load;

import io.athena.dhcpd.app.load.AckLog.Ack;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Many clients that acquire, renew, reboot and release as fast as the server answers, some at a time; every ACK goes to
 * the log. It goes on where the log ends, so that clients outlive the server's crashes.
 */
final class LoadClient {

    private final Random random;
    private final AckLog log;
    private final int window;
    private final List<Segment> segments = new ArrayList<>();
    private final Map<MacAddress, SimulatedClient> byMac = new HashMap<>();

    /** An agent, its clients, and those with an exchange under way: one segment's troubles do not slow another. */
    private record Segment(RelayAgent agent, List<SimulatedClient> clients, List<SimulatedClient> busy) {}

    /**
     * Who asks.
     *
     * @param first the number of each agent's first client
     * @param perAgent clients of each agent
     * @param window exchanges of each agent under way at a time
     * @param hostNames how many host names all of them have, which they change at times; 0 for none
     */
    record Crowd(int first, int perAgent, int window, int hostNames) {}

    /** @param promises what clients hold from earlier runs */
    LoadClient(List<RelayAgent> agents, Ipv4 server, Crowd crowd, Promises promises, AckLog log, Random random) {
        this.window = crowd.window();
        this.log = log;
        this.random = random;
        for (int agent = 0; agent < agents.size(); agent++) {
            Segment segment = new Segment(agents.get(agent), new ArrayList<>(), new ArrayList<>());
            segments.add(segment);
            for (int i = 0; i < crowd.perAgent(); i++) {
                SimulatedClient client =
                        new SimulatedClient(mac(agent, crowd.first() + i), segment.agent(), server, crowd.hostNames());
                segment.clients().add(client);
                byMac.put(client.mac(), client);
            }
        }
        for (Ack ack : promises.all()) {
            SimulatedClient holder = byMac.get(ack.mac());
            if (holder != null) {
                holder.holds(ack);
            }
        }
    }

    /** The hardware address of a client: locally administered, the agent's number in the third byte. */
    static MacAddress mac(int agent, int client) {
        return MacAddress.of(
                MacAddress.ETHERNET,
                new byte[] {2, 0x67, (byte) agent, (byte) (client >> 16), (byte) (client >> 8), (byte) client});
    }

    /** Runs for some time, then leaves exchanges under way unfinished. */
    void run(long millis) throws IOException {
        try (Selector selector = Selector.open()) {
            for (Segment segment : segments) {
                segment.agent().register(selector);
            }
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            while (System.nanoTime() < end) {
                for (Segment segment : segments) {
                    fill(segment);
                }
                selector.select(1);
                selector.selectedKeys().clear();
                for (Segment segment : segments) {
                    drain(segment);
                }
                log.flush();
            }
        }
    }

    private void fill(Segment segment) throws IOException {
        long now = System.currentTimeMillis();
        for (int tries = 0; segment.busy().size() < window && tries < 2 * window; tries++) {
            SimulatedClient client =
                    segment.clients().get(random.nextInt(segment.clients().size()));
            if (client.idle()) {
                client.act(random, log, now);
                if (!client.idle()) {
                    segment.busy().add(client);
                }
            }
        }
    }

    private void drain(Segment segment) throws IOException {
        RelayAgent agent = segment.agent();
        for (Optional<ServerReply> reply = agent.receive(); reply.isPresent(); reply = agent.receive()) {
            SimulatedClient client = byMac.get(reply.get().mac());
            if (client != null) {
                client.on(reply.get(), log, System.currentTimeMillis());
            }
        }
        long now = System.currentTimeMillis();
        for (SimulatedClient client : segment.busy()) {
            client.tick(now);
        }
        segment.busy().removeIf(SimulatedClient::idle);
    }
}
