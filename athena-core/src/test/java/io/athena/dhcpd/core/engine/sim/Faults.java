package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.net.Ipv4;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** What goes wrong beneath the server: its disk, its power, its clock. */
final class Faults {

    private static final long YEARS = 401 * 86_400L;

    private final World world;
    private final Random random;
    private final SimServer server;
    private final Promises promises;
    private final List<SimClient> clients;
    private final Consumer<String> notes;

    Faults(
            World world,
            Random random,
            SimServer server,
            Promises promises,
            List<SimClient> clients,
            Consumer<String> notes) {
        this.world = world;
        this.random = random;
        this.server = server;
        this.promises = promises;
        this.clients = clients;
        this.notes = notes;
    }

    void disk() {
        int dice = random.nextInt(100);
        if (dice < 90) {
            server.journal.sync(1 + random.nextInt(6));
        } else if (dice < 96) {
            notes.accept("a batch fails");
            server.journal.fail(1 + random.nextInt(4));
        } else {
            server.journal.writable = !server.journal.writable || random.nextInt(4) > 0;
            notes.accept("writable: " + server.journal.writable);
        }
        if (random.nextInt(3) > 0) {
            server.settle();
        }
    }

    /**
     * The clock may be behind afterwards, or so far ahead that nobody believes it; not a little ahead: an early end
     * cannot be told from a true one.
     */
    void crash(long now) {
        long behind = random.nextInt(4) == 0 ? random.nextInt(5000) : 0;
        boolean ahead = world.strangeClocks() && server.now() <= now && random.nextInt(20) == 0;
        int lost = world.losses() && random.nextInt(4) == 0 ? 1 + random.nextInt(20) : 0;
        if (world.losses() && random.nextInt(3) == 0) {
            damage();
        }
        notes.accept("crash, the clock is " + (ahead ? "years ahead" : behind + " s behind") + ", " + lost
                + " records lost");
        server.crash(ahead ? now + YEARS : Math.min(server.now(), now) - behind, lost);
        if (lost > 0) {
            clients.forEach(client -> client.ended++);
            promises.keepOnly(server::durable);
        }
    }

    private void damage() {
        List<Integer> written = List.copyOf(server.journal.leases.keySet());
        if (!written.isEmpty()) {
            int address = written.get(random.nextInt(written.size()));
            notes.accept("the record of " + new Ipv4(address) + " is damaged");
            server.journal.damage(address, new byte[random.nextInt(2)]);
            promises.endless(new Ipv4(address));
        }
    }
}
