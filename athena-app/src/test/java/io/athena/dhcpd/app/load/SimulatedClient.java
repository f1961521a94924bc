package io.athena.dhcpd.app.load;

import io.athena.dhcpd.app.load.AckLog.Ack;
import io.athena.dhcpd.app.load.AckLog.Nak;
import io.athena.dhcpd.app.load.AckLog.Release;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One client behind a relay agent: what it holds and the one exchange it may have under way. */
final class SimulatedClient {

    private static final long RESEND_MILLIS = 400;
    private static final int MAX_SENDS = 3;

    private final MacAddress mac;
    private final RelayAgent agent;
    private final int hostNames;
    private @Nullable String hostname;
    private @Nullable Ack held;

    /** The message that waits for its answer, or null. */
    private byte @Nullable [] waiting;

    private boolean discovering;
    private int xid;
    private Ipv4 wanted = Ipv4.ANY;
    private Ipv4 server;
    private long firstSent;
    private long lastSent;
    private int sends;

    /**
     * @param server the server's identifier, until a reply names another
     * @param hostNames how many host names there are to choose from; 0 for none
     */
    SimulatedClient(MacAddress mac, RelayAgent agent, Ipv4 server, int hostNames) {
        this.mac = mac;
        this.agent = agent;
        this.server = server;
        this.hostNames = hostNames;
    }

    MacAddress mac() {
        return mac;
    }

    void holds(Ack ack) {
        held = ack;
    }

    boolean idle() {
        return waiting == null;
    }

    /** Starts what such a client might do next; releases are over at once. */
    void act(Random random, AckLog log, long now) throws IOException {
        xid = random.nextInt();
        if (hostNames > 0 && (hostname == null || random.nextInt(10) == 0)) {
            hostname = "pc" + random.nextInt(hostNames);
        }
        Ack lease = held;
        if (lease == null || !Promises.runs(lease, now)) {
            discover(now);
            return;
        }
        switch (random.nextInt(10)) {
            case 0, 1 -> release(lease, log, now);
            case 2 -> discover(now);
            case 3, 4 -> request(Datagram.of(Datagram.REQUEST, xid, mac).option(50, lease.ip()), lease.ip(), now);
            default -> request(Datagram.of(Datagram.REQUEST, xid, mac).ciaddr(lease.ip()), lease.ip(), now);
        }
    }

    private void discover(long now) throws IOException {
        discovering = true;
        start(Datagram.of(Datagram.DISCOVER, xid, mac), now);
    }

    private void request(Datagram message, Ipv4 address, long now) throws IOException {
        discovering = false;
        wanted = address;
        start(message, now);
    }

    private void start(Datagram message, long now) throws IOException {
        if (hostname != null) {
            message.option(12, hostname.getBytes(StandardCharsets.US_ASCII));
        }
        waiting = agent.relayed(message.option(55, 1, 3, 6, 51));
        firstSent = now;
        lastSent = now;
        sends = 1;
        agent.send(waiting);
    }

    /** A release is noted before it leaves: from then on the server owes nothing. It has no answer and no relay. */
    private void release(Ack lease, AckLog log, long now) throws IOException {
        log.write(new Release(now, mac, lease.ip()));
        log.flush();
        held = null;
        agent.send(Datagram.of(Datagram.RELEASE, xid, mac)
                .ciaddr(lease.ip())
                .option(54, server)
                .bytes());
    }

    /** Sends again what got no answer, and gives up after some times. */
    void tick(long now) throws IOException {
        byte[] message = waiting;
        if (message != null && now - lastSent >= RESEND_MILLIS) {
            if (sends == MAX_SENDS) {
                waiting = null;
            } else {
                sends++;
                lastSent = now;
                agent.send(message);
            }
        }
    }

    /** Takes a reply; what does not belong to the exchange under way is not for this client to believe. */
    void on(ServerReply reply, AckLog log, long now) throws IOException {
        if (waiting == null || reply.xid() != xid) {
            return;
        }
        server = reply.serverId();
        switch (reply.type()) {
            case ServerReply.OFFER -> {
                if (discovering) {
                    select(reply, now);
                }
            }
            case ServerReply.ACK -> {
                waiting = null;
                Ack ack = new Ack(now, mac, reply.yiaddr(), firstSent, reply.leaseSeconds());
                held = ack;
                log.write(ack);
            }
            case ServerReply.NAK -> {
                waiting = null;
                held = null;
                log.write(new Nak(now, mac, wanted));
            }
            default -> {
                // Not a reply to a client.
            }
        }
    }

    private void select(ServerReply offer, long now) throws IOException {
        request(
                Datagram.of(Datagram.REQUEST, xid, mac)
                        .option(50, offer.yiaddr())
                        .option(54, offer.serverId()),
                offer.yiaddr(),
                now);
    }
}
