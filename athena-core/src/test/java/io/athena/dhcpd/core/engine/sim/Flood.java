package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Invents clients by the hundred, each with a MAC of its own, from one relay port or on the server's own wire. */
final class Flood {

    private enum Aim {
        OFFERS,
        LEASES,
        CONFLICTS
    }

    /** The journal takes no more than this at once. */
    private static final int A_BATCH = 50;

    private final Random random;
    private final SimServer server;
    private final int most;
    private int invented;

    Flood(Random random, SimServer server, boolean wide) {
        this.random = random;
        this.server = server;
        this.most = wide ? 400 : 90;
    }

    /** One burst; whoever takes a lease or declines does so after all have been offered what there is. */
    String burst(int xid, long now) {
        Aim aim = random.nextInt(3) > 0 ? Aim.OFFERS : random.nextBoolean() ? Aim.LEASES : Aim.CONFLICTS;
        int port = random.nextInt(SimClient.PORTS + 1) - 1;
        List<SimClient> burst = new ArrayList<>();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            SimClient client = SimClient.invented(invented++, port);
            client.newTransaction(xid, now, SimClient.Phase.SELECTING);
            server.path.receive(client, client.message(MessageType.DISCOVER, Ipv4.ANY, null, null, -1));
            burst.add(client);
            sometimesWrite(burst.size());
        }
        if (aim != Aim.OFFERS) {
            burst.forEach(client -> follow(client, aim));
        }
        return burst.size() + " invented clients at port " + port + " want " + aim;
    }

    private void follow(SimClient client, Aim aim) {
        Ipv4 address = client.offered == null ? client.lease : client.offered;
        if (address == null) {
            return;
        }
        if (aim == Aim.LEASES) {
            client.phase = SimClient.Phase.REQUESTING;
            server.path.receive(client, client.message(MessageType.REQUEST, Ipv4.ANY, address, Landscape.SERVER, 1));
        } else {
            server.path.receive(client, client.message(MessageType.DECLINE, Ipv4.ANY, address, Landscape.SERVER, -1));
        }
        sometimesWrite(client.number);
    }

    private void sometimesWrite(int count) {
        if (count % A_BATCH == 0) {
            server.journal.sync(A_BATCH);
            server.settle();
        }
    }
}
