package io.athena.dhcpd.dhcp.explain;

import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.engine.BootClock;
import io.athena.dhcpd.core.engine.ConflictProbe;
import io.athena.dhcpd.core.engine.EngineListeners;
import io.athena.dhcpd.core.engine.EngineSettings;
import io.athena.dhcpd.core.engine.Offer;
import io.athena.dhcpd.core.engine.ProofObserver.Proof;
import io.athena.dhcpd.core.link.LocalAddress;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.Topology;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import io.athena.dhcpd.dhcp.EngineFleet;
import io.athena.dhcpd.dhcp.EngineProbes;
import io.athena.dhcpd.dhcp.auth.ReplyCounter;
import io.athena.dhcpd.dhcp.limit.RateLimiter;
import io.athena.dhcpd.dhcp.listen.Lane;
import io.athena.dhcpd.dhcp.listen.Lanes;
import io.athena.dhcpd.dhcp.listen.ListenSettings;
import io.athena.dhcpd.dhcp.listen.ServedInterface;
import io.athena.dhcpd.dhcp.path.LeaseEvents;
import io.athena.dhcpd.dhcp.path.LinkDirectory;
import io.athena.dhcpd.dhcp.path.RequestPath;
import io.athena.dhcpd.dhcp.path.Responder;
import io.athena.dhcpd.dhcp.path.Seat;
import io.athena.dhcpd.dhcp.path.ServerIdentity;
import io.athena.dhcpd.dhcp.path.Serving;
import io.athena.dhcpd.dhcp.reply.ReplySender;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The server's own parts put together as the service does it, around a journal that forgets, a clock that stands and
 * interfaces without sockets. One thread drives it; whatever happens in it happens nowhere else.
 */
final class World {

    private final StandingClock clock;
    private final Lanes lanes;
    private final LinkDirectory directory;
    private final RequestPath path;
    private final Map<String, ServedInterface> interfaces = new HashMap<>();
    private final ForgetfulJournal journal = new ForgetfulJournal();
    private final Optional<String> alarm;

    World(Scene scene, PathRecorder recorder) {
        BootClock boot = BootClock.judge(scene.time(), scene.leases().newestTime());
        this.alarm = boot.alarm();
        this.clock = new StandingClock(boot.time().epochSeconds());
        this.lanes = new Lanes(1, clock);
        ServerConfig server = scene.config().server();
        Set<Ipv4> ownAddresses = scene.interfaces().values().stream()
                .flatMap(state -> state.addresses().stream())
                .map(LocalAddress::ip)
                .collect(Collectors.toSet());
        Topology topology = TopologyCompiler.compile(scene.config(), ownAddresses);
        lanes.all().forEach(lane -> journal.listen(lane.commits()));
        // No probe leaves an imagined world: what would have to be probed counts as impossible to probe.
        EngineFleet fleet = new EngineFleet(
                lanes,
                journal,
                scene.names(),
                EngineListeners.of(recorder),
                new ReplyCounter(clock),
                new EngineProbes(
                        ConflictProbe.NONE,
                        (address, proof, tried) -> recorder.given(proof == Proof.IMPOSSIBLE),
                        clock));
        long cautionStart = scene.leases().caution() ? clock.epochSeconds() : 0;
        boolean suspended = boot.expirySuspended() || scene.expirySuspended();
        EngineSettings settings = scene.conflictRules().engineSettings(server, topology, cautionStart, suspended);
        this.directory = fleet.recover(topology, settings, scene.leases(), clock.epochSeconds());
        scene.offers().forEach(this::hold);
        ListenSettings listening = new ListenSettings(
                List.copyOf(scene.interfaces().keySet()), server.port(), server.clientPort(), server.bindAddress());
        scene.interfaces()
                .forEach((name, state) ->
                        interfaces.put(name, ServedInterface.imagined(name, listening, state, recorder::left, clock)));
        ServerIdentity identity = ServerIdentity.of(server, List.copyOf(interfaces.values()));
        ReplySender sender = new ReplySender(server.port(), server.clientPort(), new Meters());
        this.path = new RequestPath(
                clock,
                new Responder(sender, recorder, ConflictProbe.NONE),
                recorder,
                (query, relay, source, on, serving) -> recorder.queried(),
                LeaseEvents.unheard(clock),
                new Serving(directory, identity, RateLimiter.UNLIMITED, true));
    }

    private void hold(Offer offer) {
        Seat seat = directory.seatOf(offer.address());
        if (seat != null) {
            seat.engine().records().load(offer);
        }
    }

    /** What is to be said about the clock. */
    Optional<String> alarm() {
        return alarm;
    }

    long now() {
        return clock.epochSeconds();
    }

    /** How many records would have been written to the store so far. */
    long recordsWritten() {
        return journal.records();
    }

    LinkDirectory directory() {
        return directory;
    }

    /** The interface of this name. @throws IllegalArgumentException when the scene has none */
    ServedInterface on(String name) {
        ServedInterface found = interfaces.get(name);
        if (found == null) {
            throw new IllegalArgumentException("the configuration serves no interface " + name);
        }
        return found;
    }

    /** Lets time pass, with all that the server would do meanwhile. */
    void passTo(long secondsLater) {
        clock.goTo(secondsLater);
        for (Seat seat : directory.seats()) {
            boolean more;
            do {
                more = seat.engine().tick(clock.epochSeconds());
            } while (more);
        }
    }

    /** Sends a packet all the way; when this returns, its fate is settled. */
    void receive(DhcpPacket packet, Arrival arrival) {
        path.received(packet, arrival.source(), arrival.sourcePort(), on(arrival.heardOn()));
        boolean worked;
        do {
            worked = false;
            for (Lane lane : lanes.all()) {
                worked |= lane.turn();
            }
        } while (worked);
    }
}
