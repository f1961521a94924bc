package io.athena.dhcpd.dhcp.explain;

import io.athena.dhcpd.core.config.ConfigLines;
import io.athena.dhcpd.core.engine.AddressStanding;
import io.athena.dhcpd.core.engine.PoolStanding;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.ClientTraits;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.MatchFinding;
import io.athena.dhcpd.core.subnet.Pool;
import io.athena.dhcpd.dhcp.explain.Explanation.AddressFinding;
import io.athena.dhcpd.dhcp.explain.Explanation.ClassFinding;
import io.athena.dhcpd.dhcp.explain.Explanation.PatternFinding;
import io.athena.dhcpd.dhcp.explain.Explanation.PoolFinding;
import io.athena.dhcpd.dhcp.explain.Explanation.ReservationFinding;
import io.athena.dhcpd.dhcp.explain.PathRecorder.Fate;
import io.athena.dhcpd.dhcp.path.Exchange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts into words who the sender of a packet is, and what stood for it in the engine before it decided. */
final class ClientReport {

    private final ConfigLines lines;
    private final Exchange exchange;
    private final Surroundings before;
    private final Fate fate;
    private final ClientTraits client;
    private final ClientTraits asSaid;
    private final long now;

    ClientReport(ConfigLines lines, Exchange exchange, Surroundings before, Fate fate, long now) {
        this.lines = lines;
        this.exchange = exchange;
        this.before = before;
        this.fate = fate;
        this.client = fate.sender() == null ? exchange.request() : fate.sender();
        this.asSaid = exchange.seat().engine().records().view().asSaid(client);
        this.now = now;
    }

    /** The client as its classes are judged. */
    ClientTraits asSaid() {
        return asSaid;
    }

    List<ClassFinding> classes() {
        Link link = exchange.seat().link();
        return link.classes().stream()
                .map(each -> new ClassFinding(
                        each.name(),
                        lines.of(each.config()),
                        each.admits(asSaid),
                        patterns(each.findings(asSaid), asSaid)))
                .toList();
    }

    @Nullable
    ReservationFinding reservation() {
        return before.reservation() == null
                ? null
                : new ReservationFinding(
                        before.reservation().ip().toString(),
                        lines.of(before.reservation().config()));
    }

    List<AddressFinding> addresses() {
        return before.standing().stream()
                .map(standing -> new AddressFinding(
                        standing.address().toString(),
                        before.addresses().getOrDefault(standing.address(), List.of()),
                        facts(standing)))
                .toList();
    }

    /** The pools that are tried for whoever needs an address; for others those of the addresses in question. */
    List<PoolFinding> pools() {
        ClientRequest request = exchange.request();
        boolean chooses = request.type() == MessageType.DISCOVER || request.type() == MessageType.BOOTP;
        return before.pools().stream()
                .filter(pool -> chooses || concerns(pool.pool()))
                .map(pool -> finding(pool, chooses))
                .toList();
    }

    private boolean concerns(Pool pool) {
        return before.standing().stream().anyMatch(standing -> standing.pool() == pool);
    }

    private PoolFinding finding(PoolStanding standing, boolean chooses) {
        Pool pool = standing.pool();
        boolean admits = chooses ? standing.admits() : pool.admits(client);
        return new PoolFinding(
                pool.toString(),
                lines.of(pool.config()),
                admits,
                patterns(pool.findings(client), client),
                standing.free(),
                standing.neverUsed(),
                standing.capacity(),
                verdict(standing, admits, chooses));
    }

    private String verdict(PoolStanding standing, boolean admits, boolean chooses) {
        Pool pool = standing.pool();
        Ipv4 decided = fate.decided();
        boolean gives = decided != null && exchange.seat().link().poolOf(decided) == pool;
        if (!admits) {
            boolean fits = pool.admits(client);
            return fits ? "not for BOOTP clients" : "not for this client";
        }
        if (!chooses) {
            return "for this client";
        }
        if (gives && exchange.seat().link().reservationAt(decided) == null) {
            return "gives " + decided;
        }
        if (standing.free() == 0) {
            return "exhausted";
        }
        return decided == null ? "gives nothing in its present state" : "not needed";
    }

    private List<PatternFinding> patterns(List<MatchFinding> findings, ClientTraits of) {
        return findings.stream()
                .map(found -> new PatternFinding(
                        found.key().key(), found.pattern(), Texts.said(of, found.key()), found.fits()))
                .toList();
    }

    private List<String> facts(AddressStanding standing) {
        List<String> facts = new ArrayList<>();
        if (standing.subnet() == null) {
            facts.add("in no subnet of the client's link");
            return facts;
        }
        if (standing.forbidden()) {
            facts.add("a router's, the server's, a network or a broadcast address");
        }
        if (standing.reservation() != null) {
            boolean own = standing.reservation().matches(client);
            facts.add("reserved for " + (own ? "this client" : "somebody else")
                    + lineText(lines.of(standing.reservation().config())));
        } else if (standing.pool() == null) {
            facts.add("in no pool");
        } else {
            facts.add("in the pool " + standing.pool()
                    + lineText(lines.of(standing.pool().config())));
        }
        facts.add(standing.lease() == null ? "nobody ever had it" : lease(standing.lease()));
        if (standing.offer() != null) {
            boolean own = standing.offer().key().equals(exchange.request().key());
            facts.add("held for "
                    + (own ? "this client " : Texts.identity(standing.offer().key()) + " ")
                    + Texts.until(standing.offer().until()));
        }
        if (standing.conflict() != null) {
            facts.add("withheld "
                    + (standing.conflict().permanent()
                            ? "until somebody clears it"
                            : Texts.until(standing.conflict().holdUntil()))
                    + " (" + standing.conflict().method().tag().replace('_', ' ') + ")");
        }
        if (standing.exclusion() != null) {
            facts.add("excluded by " + standing.exclusion().who() + " since "
                    + Instant.ofEpochSecond(standing.exclusion().since()) + ": "
                    + standing.exclusion().reason());
        }
        return facts;
    }

    private String lease(Lease lease) {
        boolean own = lease.key().equals(exchange.request().key());
        String holder = own ? "this client" : Texts.holder(lease);
        return lease.isActive(now)
                ? "leased to " + holder + " " + Texts.until(lease.expiry())
                : "last leased to " + holder + ", " + lease.state().tag();
    }

    private static String lineText(int line) {
        return line == 0 ? "" : " (line " + line + ")";
    }
}
