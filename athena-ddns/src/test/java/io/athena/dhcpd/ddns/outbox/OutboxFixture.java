package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An outbox over name servers in memory, one for names and one for addresses, under a clock that the test moves. */
final class OutboxFixture {

    static final Cidr SUBNET = Cidr.parse("10.0.0.0/24");
    static final long NOW = 1_800_000_000L;
    private static final String ZONE = ".example.net";

    final FakeDns forward = new FakeDns();
    final FakeDns reverse = new FakeDns();
    final List<String> news = new ArrayList<>();
    Dispatch dispatch = new Dispatch(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)));
    Outbox outbox;
    long nanos = 1_000_000_000L;

    private final boolean refresh;
    private final String reverseServer;
    private final List<NameChange> journal = new ArrayList<>();
    private int saved;
    private final Map<byte[], byte[]> stored = new LinkedHashMap<>();

    OutboxFixture() {
        this(false);
    }

    OutboxFixture(boolean refresh) {
        this(refresh, "ns-reverse");
    }

    private OutboxFixture(boolean refresh, String reverseServer) {
        this.refresh = refresh;
        this.reverseServer = reverseServer;
        outbox = new Outbox(routes(), dispatch, listener(), refresh);
        outbox.caughtUp();
    }

    /** Both zones are on the server that is called {@code ns-forward}. */
    static OutboxFixture onOneServer() {
        return new OutboxFixture(false, "ns-forward");
    }

    private Routes routes() {
        return new Routes() {
            @Override
            public @Nullable Place forward(HeldName name) {
                return name.fqdn().endsWith(ZONE) ? new Place(forward, "ns-forward", name.fqdn()) : null;
            }

            @Override
            public Place reverse(HeldName name, Ipv4 address) {
                return new Place(reverse, reverseServer, address + ".rev");
            }
        };
    }

    private OutboxNews listener() {
        return new OutboxNews() {
            @Override
            public void settled(NameOp op, Outcome outcome) {
                news.add(op.kind() + " " + op.name().fqdn() + " " + outcome);
            }

            @Override
            public void serverWorks(String server) {
                news.add(server + " works");
            }

            @Override
            public void nowhere(HeldName name, Ipv4 address) {
                news.add("nowhere " + name.fqdn());
            }
        };
    }

    static ClientKey client(String id) {
        return ClientKey.ofClientId(id.getBytes(StandardCharsets.US_ASCII));
    }

    /** A label of the zone, held by a client. */
    static HeldName name(String label, String client) {
        return new HeldName(label + ZONE, client(client), true, SUBNET);
    }

    /** A name whose A record the client keeps itself. */
    static HeldName pointerOnly(String label, String client) {
        return new HeldName(label + ZONE, client(client), false, SUBNET);
    }

    static Ipv4 ip(int host) {
        return Ipv4.parse("10.0.0." + host);
    }

    void changed(int host, @Nullable HeldName before, @Nullable HeldName now) {
        NameChange change = new NameChange(ip(host), before, now, NOW);
        journal.add(change);
        outbox.changed(change, false);
    }

    /** A renewal by a client that was elsewhere under the same name meanwhile. */
    void isBack(int host, HeldName name) {
        outbox.changed(new NameChange(ip(host), name, name, NOW), true);
    }

    /** Does everything that can be done at the time. */
    void work() {
        for (NameOp op = outbox.next(nanos); op != null; op = outbox.next(nanos)) {
            run(op);
        }
    }

    /** Carries one update out and tells the outbox. */
    void run(NameOp op) {
        try {
            outbox.settled(op, op.run());
        } catch (DnsFailure e) {
            String error = String.valueOf(e.getMessage());
            switch (e.reach()) {
                case SERVER -> dispatch.serverFailed(op, error, nanos, NOW);
                case ZONE -> dispatch.zoneFailed(op, error, nanos, NOW);
                case NAME -> dispatch.nameFailed(op, error, nanos);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void wait(Duration time) {
        nanos += time.toNanos();
    }

    /** What is unfinished is stored, with the place in the journal. */
    void save() {
        stored.clear();
        outbox.works().forEach(work -> stored.put(WorkCodec.key(work.address()), WorkCodec.encode(work)));
        saved = journal.size();
    }

    /** The process dies; another one goes on with what was stored, and reads again what the journal says since. */
    void restart() {
        dispatch = new Dispatch(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)));
        outbox = new Outbox(routes(), dispatch, listener(), refresh);
        stored.forEach((key, value) -> {
            NameWork read = WorkCodec.decode(key, value);
            if (read == null) {
                throw new IllegalStateException("a work was not read back");
            }
            outbox.resume(read);
        });
        journal.subList(saved, journal.size()).forEach(change -> outbox.changed(change, false));
        outbox.caughtUp();
    }

    static DnsFailure down() {
        return new DnsFailure(DnsFailure.Reach.SERVER, "it does not answer", null);
    }

    static DnsFailure notServed() {
        return new DnsFailure(DnsFailure.Reach.ZONE, "it does not have the zone", null);
    }

    static DnsFailure refusal() {
        return new DnsFailure(DnsFailure.Reach.NAME, "it does not like the name", null);
    }

    /** What stands in the forward zone, as {@code name=address}. */
    List<String> zone() {
        List<String> all = new ArrayList<>();
        forward.names.forEach((name, owned) -> all.add(name.replace(ZONE, "") + "=" + owned.address()));
        return all;
    }

    /** What stands in the reverse zone, as {@code address=name}. */
    List<String> pointers() {
        List<String> all = new ArrayList<>();
        reverse.pointers.forEach((owner, name) -> all.add(owner.replace(".rev", "") + "=" + name.replace(ZONE, "")));
        return all;
    }
}
