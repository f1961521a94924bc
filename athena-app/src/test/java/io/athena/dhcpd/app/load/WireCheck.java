package io.athena.dhcpd.app.load;

import io.athena.dhcpd.app.load.AckLog.Ack;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Asks the server over the wire whether it stands by its promises. */
final class WireCheck {

    private static final MacAddress STRANGER = MacAddress.parse("02:66:00:00:00:01");
    private static final int SECONDS = 3;
    private static final int TRIES = 5;

    private final List<RelayAgent> agents;
    private final AckLog log;
    private final Random random;

    WireCheck(List<RelayAgent> agents, AckLog log, Random random) {
        this.agents = agents;
        this.log = log;
        this.random = random;
    }

    /** Problems with a sample of the promises: the holder must get an ACK, a stranger must not. */
    List<String> run(Promises promises, int sample) throws IOException {
        long now = System.currentTimeMillis();
        // Only what will still run when its turn comes.
        List<Ack> running = new ArrayList<>(promises.all().stream()
                .filter(ack -> Promises.runs(ack, now + 2 * SECONDS * 1000L))
                .toList());
        Collections.shuffle(running, random);
        List<String> problems = new ArrayList<>();
        if (running.isEmpty()) {
            problems.add("no promise runs long enough to be asked about");
        }
        for (Ack ack : running.subList(0, Math.min(sample, running.size()))) {
            stranger(ack).ifPresent(problems::add);
            holder(ack).ifPresent(problems::add);
        }
        return problems;
    }

    private RelayAgent agentOf(Ack ack) {
        return agents.get(ack.mac().toBytes()[2]);
    }

    /** By turns as a client that reboots and as one that rebinds (RFC 2131 section 4.3.2). */
    private Optional<String> holder(Ack ack) throws IOException {
        RelayAgent agent = agentOf(ack);
        int xid = random.nextInt();
        Datagram message = Datagram.of(Datagram.REQUEST, xid, ack.mac());
        boolean reboots = random.nextBoolean();
        byte[] bytes = agent.relayed(reboots ? message.option(50, ack.ip()) : message.ciaddr(ack.ip()));
        long sent = System.currentTimeMillis();
        Optional<ServerReply> reply = persist(agent, bytes, xid);
        if (reply.isPresent()
                && reply.get().type() == ServerReply.ACK
                && reply.get().yiaddr().equals(ack.ip())) {
            log.write(new Ack(
                    System.currentTimeMillis(),
                    ack.mac(),
                    ack.ip(),
                    sent,
                    reply.get().leaseSeconds()));
            log.flush();
            return Optional.empty();
        }
        if (reply.isEmpty() && !Promises.runs(ack, System.currentTimeMillis())) {
            return Optional.empty();
        }
        return Optional.of(
                ack.mac() + (reboots ? " rebooting" : " rebinding") + " got " + text(reply) + " for its " + ack.ip());
    }

    /** Sends a message again as a client does: one may be lost, and a busy machine is slow. */
    private static Optional<ServerReply> persist(RelayAgent agent, byte[] bytes, int xid) throws IOException {
        Optional<ServerReply> reply = Optional.empty();
        for (int tries = 0; tries < TRIES && reply.isEmpty(); tries++) {
            reply = agent.ask(bytes, r -> r.xid() == xid, SECONDS);
        }
        return reply;
    }

    /** Silence and a NAK are both right, so that it does not wait long. */
    private Optional<String> stranger(Ack ack) throws IOException {
        RelayAgent agent = agentOf(ack);
        int xid = random.nextInt();
        byte[] bytes =
                agent.relayed(Datagram.of(Datagram.REQUEST, xid, STRANGER).option(50, ack.ip()));
        Optional<ServerReply> reply = agent.ask(bytes, r -> r.xid() == xid, 1);
        return reply.filter(r -> r.type() == ServerReply.ACK)
                .map(r -> "a stranger got an ACK for " + ack.ip() + " of " + ack.mac());
    }

    private static String text(Optional<ServerReply> reply) {
        return reply.map(r -> "a message of type " + r.type() + " with " + r.yiaddr())
                .orElse("no answer");
    }
}
