package io.athena.dhcpd.dhcp;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.engine.BootClock;
import io.athena.dhcpd.core.engine.ConflictDesk;
import io.athena.dhcpd.core.engine.ConflictProbe;
import io.athena.dhcpd.core.engine.EngineListeners;
import io.athena.dhcpd.core.engine.EngineSettings;
import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.engine.ProbeResult;
import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.link.JnrFrameSocket;
import io.athena.dhcpd.core.link.LocalAddress;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.Topology;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.auth.ReplyCounter;
import io.athena.dhcpd.dhcp.limit.RateLimiter;
import io.athena.dhcpd.dhcp.listen.Lane;
import io.athena.dhcpd.dhcp.listen.Lanes;
import io.athena.dhcpd.dhcp.listen.ListenException;
import io.athena.dhcpd.dhcp.listen.ListenSettings;
import io.athena.dhcpd.dhcp.listen.ServedInterface;
import io.athena.dhcpd.dhcp.listen.UdpListener;
import io.athena.dhcpd.dhcp.path.LeaseEvents;
import io.athena.dhcpd.dhcp.path.LeaseSurroundings;
import io.athena.dhcpd.dhcp.path.LinkDirectory;
import io.athena.dhcpd.dhcp.path.PathLog;
import io.athena.dhcpd.dhcp.path.RequestPath;
import io.athena.dhcpd.dhcp.path.Responder;
import io.athena.dhcpd.dhcp.path.Seat;
import io.athena.dhcpd.dhcp.path.ServerIdentity;
import io.athena.dhcpd.dhcp.path.Serving;
import io.athena.dhcpd.dhcp.query.Leasequery;
import io.athena.dhcpd.dhcp.reply.ReplySender;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DHCP service: lanes, engines and listener around one journal. Packets never touch this class; start, reload and
 * stop are synchronized.
 */
public final class DhcpService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DhcpService.class);
    private static final int ALARMS_PER_MINUTE = 10;
    private static final int PROVOKED_LINES_PER_MINUTE = 600;

    private final TimeSource time;
    private final boolean expirySuspended;
    private final long cautionStart;
    private final Lanes lanes;
    private final EngineFleet fleet;
    private final Reseating reseating;
    private final StatsBoard stats;
    private final UdpListener listener;
    private final RequestPath path;
    private final ConflictProbe probe;
    private final Leasequery leasequery;
    private final LeaseDesk desk;
    private final ConflictDesk conflicts;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "athena-addresses"));
    private AthenaConfig config;
    private ConflictRules conflictRules;
    private RateLimiter limiter;
    private volatile Topology topology;
    private volatile ServerIdentity identity = new ServerIdentity(null, null, List.of());
    private Set<Ipv4> ownAddresses = Set.of();
    private volatile LinkDirectory directory;

    /**
     * Builds the service and fills it from the store; nothing is answered before {@link #start}.
     *
     * @param config a checked configuration
     * @param conflictRules what its conflict section says
     * @param journal where changes become durable
     * @param store what was durable at start
     * @param meters where to count
     * @param machineTime the machine's clocks
     * @param companions what else works for the service
     */
    public DhcpService(
            AthenaConfig config,
            ConflictRules conflictRules,
            LeaseJournal journal,
            RecoveredState store,
            Meters meters,
            TimeSource machineTime,
            Companions companions) {
        this.config = config;
        this.conflictRules = conflictRules;
        BootClock clock = BootClock.judge(machineTime, store.newestTime());
        clock.alarm().ifPresent(LOG::error);
        this.time = clock.time();
        this.expirySuspended = clock.expirySuspended();
        this.cautionStart = store.caution() ? time.epochSeconds() : 0;
        this.limiter = RateLimiter.of(config.server().rateLimit(), time.nanoTime());
        this.lanes = new Lanes(Runtime.getRuntime().availableProcessors(), time);
        ServerConfig server = config.server();
        PathLog log = new PathLog(
                meters, new LogBudget(time, ALARMS_PER_MINUTE), new LogBudget(time, PROVOKED_LINES_PER_MINUTE));
        ReplySender sender = new ReplySender(server.port(), server.clientPort(), meters);
        this.leasequery = new Leasequery(config, () -> directory, !store.caution(), sender, log, meters, time);
        this.probe = companions.probe();
        ConflictWatch conflictWatch = new ConflictWatch(meters, time, companions.events());
        LeaseSurroundings around = new LeaseSurroundings(address -> topology.linkOf(address), () -> identity);
        LeaseEvents events = new LeaseEvents(companions.events(), around, time);
        this.fleet = new EngineFleet(
                lanes,
                journal,
                companions.names(),
                EngineListeners.of(leasequery.observer().and(events)).with(conflictWatch, conflictWatch),
                new ReplyCounter(time),
                new EngineProbes(probe, new ProofBoard(meters, new LogBudget(time, ALARMS_PER_MINUTE)), time));
        fleet.keepTraits(config.leasequery().enabled());
        this.reseating = new Reseating(lanes, fleet, time);
        this.stats = new StatsBoard(meters);
        stats.watch(lanes);
        this.topology = TopologyCompiler.compile(config, ownAddresses);
        this.directory = fleet.recover(topology, settings(), store, time.epochSeconds());
        stats.show(topology);
        this.desk = new LaneLeaseDesk(() -> directory, time);
        this.conflicts = new LaneConflictDesk(() -> directory, time);
        this.path = new RequestPath(
                time,
                new Responder(sender, log, probe),
                log,
                leasequery.datagrams(),
                events,
                serving(List.of()).closed());
        this.listener = new UdpListener(
                new ListenSettings(server.interfaces(), server.port(), server.clientPort(), server.bindAddress()),
                path,
                JnrFrameSocket::open,
                meters,
                time);
        probe.onLateAnswer(this::answeredLate);
        for (Lane lane : lanes.all()) {
            journal.listen(lane.commits());
            lane.setChore(now -> tick(lane, now));
        }
    }

    /**
     * Binds the interfaces and serves.
     *
     * @throws ListenException when an interface that is there cannot be bound; its message says why and what to do
     */
    public synchronized void start() throws ListenException {
        lanes.start();
        try {
            listener.start();
        } catch (ListenException e) {
            lanes.stop(Duration.ofSeconds(1));
            throw e;
        }
        ownAddresses = currentAddresses();
        reshape(config);
        path.serve(serving(listener.interfaces()));
        leasequery.serve(config);
        watch.scheduleWithFixedDelay(this::followAddresses, 1, 1, TimeUnit.SECONDS);
        int homeless = fleet.homeless();
        if (homeless > 0) {
            LOG.atWarn().addKeyValue("leases", homeless).log("leases belong to no configured subnet; they are kept");
        }
    }

    /**
     * Takes over a changed configuration without losing a packet that is under way.
     *
     * @return settings that differ and need a restart, by their keys; they stay as they were
     */
    public synchronized List<String> reload(AthenaConfig changed, ConflictRules changedRules) {
        List<String> needRestart = RestartKeys.changed(config.server(), changed.server());
        conflictRules = changedRules;
        if (!Objects.equals(config.server().rateLimit(), changed.server().rateLimit())) {
            limiter = RateLimiter.of(changed.server().rateLimit(), time.nanoTime());
        }
        config = changed;
        fleet.keepTraits(changed.leasequery().enabled());
        reshape(changed);
        keepTraits(changed.leasequery().enabled());
        path.serve(serving(listener.interfaces()));
        leasequery.serve(changed);
        return needRestart;
    }

    /** Leases for the control socket, the API and the command line. */
    public LeaseDesk desk() {
        return desk;
    }

    /** Conflicts and exclusions, for the same. */
    public ConflictDesk conflicts() {
        return conflicts;
    }

    /** The interfaces to serve, with their state of the last second. */
    public List<ServedInterface> interfaces() {
        return listener.interfaces();
    }

    /** Takes no more packets and finishes those that are under way, for at most this long. */
    public synchronized void drain(Duration limit) {
        watch.shutdownNow();
        leasequery.close();
        listener.stopReceiving();
        lanes.stop(limit);
        path.serve(serving(listener.interfaces()).closed());
    }

    @Override
    public void close() {
        listener.close();
    }

    private void keepTraits(boolean wanted) {
        for (Seat seat : directory.seats()) {
            seat.lane().execute(() -> seat.engine().records().keepTraits(wanted));
        }
    }

    private Serving serving(List<ServedInterface> interfaces) {
        identity = ServerIdentity.of(config.server(), interfaces);
        return new Serving(directory, identity, limiter, true);
    }

    /** Compiles the topology off the lanes and gives each link its own between two exchanges. */
    private void reshape(AthenaConfig from) {
        Topology next = TopologyCompiler.compile(from, ownAddresses);
        topology = next;
        directory = Reseating.sameLinks(directory, next)
                ? reseating.inPlace(directory, next, settings())
                : reseating.acrossLanes(
                        directory,
                        next,
                        settings(),
                        () -> path.serve(serving(listener.interfaces()).closed()));
        stats.show(next);
    }

    private EngineSettings settings() {
        return conflictRules.engineSettings(config.server(), topology, cautionStart, expirySuspended);
    }

    /** An address of our own that appears later must not be a client's. */
    private synchronized void followAddresses() {
        try {
            Set<Ipv4> now = currentAddresses();
            if (!now.equals(ownAddresses)) {
                ownAddresses = now;
                reshape(config);
                path.serve(serving(listener.interfaces()));
            }
        } catch (RuntimeException e) {
            LOG.error("changed interface addresses could not be taken over; trying again in a second", e);
        }
    }

    private Set<Ipv4> currentAddresses() {
        return listener.interfaces().stream()
                .flatMap(served -> served.state().addresses().stream())
                .map(LocalAddress::ip)
                .collect(Collectors.toSet());
    }

    private void answeredLate(ProbeResult result) {
        Seat seat = directory.seatOf(result.address());
        if (seat != null) {
            seat.lane().execute(() -> seat.engine().answeredLate(result, time.epochSeconds()));
        }
    }

    private boolean tick(Lane lane, long now) {
        boolean more = false;
        for (Seat seat : directory.seats()) {
            if (seat.lane() == lane) {
                more |= seat.engine().tick(now);
                stats.post(seat.engine().records().stats());
            }
        }
        return more;
    }
}
