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
    private final List<RelayAgent> agents;
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final Map<MacAddress, SimulatedClient> byMac = new HashMap<>();
    private final List<SimulatedClient> busy = new ArrayList<>();

    /**
     * @param perAgent clients of each agent
     * @param window exchanges under way at a time
     * @param promises what clients hold from earlier runs
     */
    LoadClient(
            List<RelayAgent> agents,
            Ipv4 server,
            int perAgent,
            int window,
            Promises promises,
            AckLog log,
            Random random) {
        this.agents = agents;
        this.window = window;
        this.log = log;
        this.random = random;
        for (int agent = 0; agent < agents.size(); agent++) {
            for (int i = 0; i < perAgent; i++) {
                SimulatedClient client = new SimulatedClient(mac(agent, i), agents.get(agent), server);
                clients.add(client);
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
            for (RelayAgent agent : agents) {
                agent.register(selector);
            }
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            while (System.nanoTime() < end) {
                fill();
                selector.select(1);
                selector.selectedKeys().clear();
                for (RelayAgent agent : agents) {
                    drain(agent);
                }
                log.flush();
                long now = System.currentTimeMillis();
                for (SimulatedClient client : busy) {
                    client.tick(now);
                }
                busy.removeIf(SimulatedClient::idle);
            }
        }
    }

    private void fill() throws IOException {
        long now = System.currentTimeMillis();
        for (int tries = 0; busy.size() < window && tries < 2 * window; tries++) {
            SimulatedClient client = clients.get(random.nextInt(clients.size()));
            if (client.idle()) {
                client.act(random, log, now);
                if (!client.idle()) {
                    busy.add(client);
                }
            }
        }
    }

    private void drain(RelayAgent agent) throws IOException {
        for (Optional<ServerReply> reply = agent.receive(); reply.isPresent(); reply = agent.receive()) {
            SimulatedClient client = byMac.get(reply.get().mac());
            if (client != null) {
                client.on(reply.get(), log, System.currentTimeMillis());
            }
        }
    }
}
