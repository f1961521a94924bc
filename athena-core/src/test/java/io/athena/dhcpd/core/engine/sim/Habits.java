package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.Random;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the clients of a site do of their own accord, those that behave and those that do not. */
final class Habits {

    private final Random random;
    private final Landscape landscape;
    private final Promises promises;
    private final BiConsumer<SimClient, ClientRequest> wire;
    private int nextXid = 1;

    /** @param wire takes what they send */
    Habits(Random random, Landscape landscape, Promises promises, BiConsumer<SimClient, ClientRequest> wire) {
        this.random = random;
        this.landscape = landscape;
        this.promises = promises;
        this.wire = wire;
    }

    int nextXid() {
        return nextXid++;
    }

    void act(SimClient client, long now) {
        if (client.greedy && random.nextInt(3) == 0) {
            grab(client, now);
        } else if (client.last != null && random.nextInt(5) == 0) {
            wire.accept(client, client.last);
        } else if (client.bootp || random.nextInt(200) == 0) {
            client.newTransaction(nextXid++, now, SimClient.Phase.REQUESTING);
            send(client, MessageType.BOOTP, Ipv4.ANY, null, null, -1);
        } else if (client.phase == SimClient.Phase.BOUND && client.lease != null) {
            live(client, client.lease, now);
        } else if (client.phase == SimClient.Phase.IDLE || random.nextInt(4) == 0) {
            start(client, now);
        }
    }

    /** It was offered an address, and takes it. */
    void take(SimClient client, Ipv4 address) {
        send(client, MessageType.REQUEST, Ipv4.ANY, address, Landscape.SERVER, leaseTime());
    }

    private void start(SimClient client, long now) {
        Ipv4 lease = client.lease;
        if (random.nextInt(10) == 0) {
            client.startAs(SimClient.KINDS.get(random.nextInt(SimClient.KINDS.size())));
        }
        if (lease != null && random.nextBoolean()) {
            client.newTransaction(nextXid++, now, SimClient.Phase.REQUESTING);
            send(client, MessageType.REQUEST, Ipv4.ANY, lease, null, leaseTime());
        } else {
            client.newTransaction(nextXid++, now, SimClient.Phase.SELECTING);
            Ipv4 wish = random.nextInt(4) == 0 ? landscape.anyAddress() : lease;
            send(client, MessageType.DISCOVER, Ipv4.ANY, wish, null, leaseTime());
        }
    }

    private void live(SimClient client, Ipv4 lease, long now) {
        switch (random.nextInt(12)) {
            case 0 -> giveBack(client, lease, MessageType.RELEASE, now);
            case 1 -> giveBack(client, lease, MessageType.DECLINE, now);
            case 2 -> send(client, MessageType.INFORM, lease, null, null, -1);
            case 3, 4 -> start(client, now);
            default -> {
                client.newTransaction(nextXid++, now, SimClient.Phase.REQUESTING);
                send(client, MessageType.REQUEST, lease, null, null, leaseTime());
            }
        }
    }

    private void giveBack(SimClient client, Ipv4 lease, MessageType how, long now) {
        promises.givenBack(client, lease);
        client.lease = null;
        client.newTransaction(nextXid++, now, SimClient.Phase.IDLE);
        boolean release = how == MessageType.RELEASE;
        send(client, how, release ? lease : Ipv4.ANY, release ? null : lease, Landscape.SERVER, -1);
    }

    /** Asks for what is somebody else's, in every way there is. */
    private void grab(SimClient client, long now) {
        Ipv4 wish = landscape.anyAddress();
        client.newTransaction(nextXid++, now, SimClient.Phase.REQUESTING);
        switch (random.nextInt(6)) {
            case 0 -> send(client, MessageType.REQUEST, Ipv4.ANY, wish, Landscape.SERVER, -1);
            case 1 -> send(client, MessageType.REQUEST, Ipv4.ANY, wish, null, -1);
            case 2 -> send(client, MessageType.REQUEST, wish, null, null, -1);
            case 3 -> send(client, MessageType.RELEASE, wish, null, null, -1);
            case 4 -> send(client, MessageType.DECLINE, Ipv4.ANY, wish, null, -1);
            default -> send(client, MessageType.REQUEST, Ipv4.ANY, wish, Ipv4.parse("10.0.0.77"), -1);
        }
    }

    private void send(
            SimClient client, MessageType type, Ipv4 ciaddr, @Nullable Ipv4 asked, @Nullable Ipv4 to, long leaseTime) {
        wire.accept(client, client.message(type, ciaddr, asked, to, leaseTime));
    }

    private long leaseTime() {
        return random.nextInt(5) == 0 ? random.nextInt(200) : -1;
    }
}
