package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.config.ReservationConfig;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The link of {@link EngineFixture} with probes that end when the test says so, and exchanges that wait as on the path. */
final class ProbedLink {

    static final ProbeRules SEQUENTIAL = new ProbeRules(true, 1, 3, 500, 10, false);
    static final MacAddress SQUATTER = MacAddress.parse("02:ff:00:00:00:99");

    final EngineFixture net;
    final Set<Ipv4> underWay = new LinkedHashSet<>();
    final List<Ipv4> started = new ArrayList<>();
    final List<ProofObserver.Proof> given = new ArrayList<>();
    final Set<Ipv4> impossible = new LinkedHashSet<>();

    ProbedLink(ProbeRules rules, String first, String last, ReservationConfig... reservations) {
        this(settings(rules), first, last, reservations);
    }

    ProbedLink(EngineSettings settings, String first, String last, ReservationConfig... reservations) {
        net = new EngineFixture(
                EngineFixture.topology(List.of(reservations), true, first, last),
                settings,
                new Probing(this::start, (address, proof, tried) -> given.add(proof)));
    }

    static EngineSettings settings(ProbeRules rules) {
        return new EngineSettings(60, true, 0, false, 3600, 12 * 3600, 3, rules);
    }

    private boolean start(Ipv4 address) {
        if (impossible.contains(address)) {
            return false;
        }
        started.add(address);
        underWay.add(address);
        return true;
    }

    /** A message on its way through the engine; what it heard last is its answer. */
    final class Exchange {
        private final ClientRequest request;
        private Answer answer;

        private Exchange(ClientRequest request) {
            this.request = request;
            this.answer = judge(Search.NEW);
        }

        private Answer judge(Search search) {
            Answer said = request.type() == MessageType.BOOTP
                    ? net.engine.bootp(request, search, net.now)
                    : net.engine.offer(request, search, net.now);
            if (said instanceof Answer.Unproven unproven) {
                unproven.probe().await(unproven.search(), next -> answer = judge(next));
            }
            return said;
        }

        boolean waits() {
            return answer instanceof Answer.Unproven;
        }

        Answer answer() {
            return answer;
        }

        /** The address of the OFFER that it got. */
        String offered() {
            return EngineFixture.offered(answer).toString();
        }
    }

    Exchange discover(int client) {
        return discover(client, null);
    }

    Exchange discover(int client, @Nullable String asking) {
        Ipv4 asked = asking == null ? null : Ipv4.parse(asking);
        return new Exchange(net.client(client).message(MessageType.DISCOVER, Ipv4.ANY, asked, null, client));
    }

    Exchange bootp(int client) {
        return new Exchange(net.client(client).message(MessageType.BOOTP, Ipv4.ANY, null, null, client));
    }

    /** Nobody answers for the address. */
    void clear(String address) {
        end(address, ProbeResult.Outcome.CLEAR, null);
    }

    /** Nobody answers for any address. */
    void clearAll() {
        while (!underWay.isEmpty()) {
            clear(underWay.iterator().next().toString());
        }
    }

    /** Somebody answers for the address. */
    void answer(String address, @Nullable MacAddress by) {
        end(address, ProbeResult.Outcome.CONFLICT, by);
    }

    void end(String address, ProbeResult.Outcome outcome, @Nullable MacAddress by) {
        Ipv4 ip = Ipv4.parse(address);
        if (!underWay.remove(ip)) {
            throw new IllegalStateException(address + " is not being probed");
        }
        net.engine.probed(new ProbeResult(ip, ProbeResult.Method.ARP, outcome, by, 1), net.now);
    }

    void answerLate(String address, @Nullable MacAddress by) {
        ProbeResult late =
                new ProbeResult(Ipv4.parse(address), ProbeResult.Method.ARP, ProbeResult.Outcome.CONFLICT, by, 1);
        net.engine.answeredLate(late, net.now);
    }

    boolean probes(String address) {
        return underWay.contains(Ipv4.parse(address));
    }

    /** Lets a second pass. */
    void second() {
        net.now++;
        net.engine.tick(net.now);
    }
}
