package io.athena.dhcpd.app.serve;

import io.athena.dhcpd.api.observe.ServiceStatus;
import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ConfigSections;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.engine.ConflictDesk;
import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.store.StoreException;
import io.athena.dhcpd.core.store.StoreSettings;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.DdnsConfig;
import io.athena.dhcpd.ddns.service.DdnsService;
import io.athena.dhcpd.ddns.service.NamesDesk;
import io.athena.dhcpd.dhcp.Companions;
import io.athena.dhcpd.dhcp.DhcpService;
import io.athena.dhcpd.dhcp.listen.ListenException;
import io.athena.dhcpd.dhcp.listen.ServedInterface;
import io.athena.dhcpd.events.HistoryConfig;
import io.athena.dhcpd.events.HooksConfig;
import io.athena.dhcpd.events.history.HistoryDesk;
import io.athena.dhcpd.events.service.EventService;
import io.athena.dhcpd.events.service.HistoryService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Store and DHCP service, wired in plain Java: everything that a lease needs, and nothing that it would wait for. */
final class DataPlane implements ServiceStatus, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataPlane.class);
    private static final Duration DRAIN = Duration.ofSeconds(2);
    private static final Duration EVENTS = Duration.ofSeconds(2);
    private static final Duration NAMES = Duration.ofSeconds(1);

    /** Set by tests only, to show that they notice a server that does not sync. */
    private static final String NO_SYNC = "athena.test.unsafe-no-sync";

    /** Set by the crash test only: journal segments of so many bytes, each of which brings on a checkpoint. */
    private static final String CHECKPOINT_BYTES = "athena.test.checkpoint-bytes";

    private final LeaseStore store;
    private final EventService events;
    private final DhcpService service;
    private final DdnsService names;
    private final Probing probing;
    private final HistoryService history;
    private final Meters meters;

    private DataPlane(
            LeaseStore store,
            EventService events,
            DhcpService service,
            DdnsService names,
            Probing probing,
            HistoryService history,
            Meters meters) {
        this.store = store;
        this.events = events;
        this.service = service;
        this.names = names;
        this.probing = probing;
        this.history = history;
        this.meters = meters;
    }

    /** Opens the store and serves. @throws CommandFailure when either is not possible, with what to do about it */
    static DataPlane start(AthenaConfig config, TimeSource time) throws CommandFailure {
        Meters meters = new Meters();
        LeaseStore store = openStore(config, meters, time);
        EventService events = EventService.start(config.section(HooksConfig.class), config.server(), meters, time);
        Probing probing = Probing.start(config, meters, time);
        DdnsService names = new DdnsService(config, meters, time);
        DhcpService service = null;
        try {
            store.recovered().findings().forEach(finding -> LOG.warn("Lease store: {}", finding));
            service = new DhcpService(
                    config,
                    ConfigSections.conflictRules(config),
                    store.journal(),
                    names.learnFrom(store.recovered()),
                    meters,
                    time,
                    new Companions(probing.probe(), events.publisher(), names.policy()));
            probing.attach(service.interfaces());
            service.start();
            names.start(store, service.desk());
            probing.follow(config);
            HistoryService history = HistoryService.start(
                    config.section(HistoryConfig.class), config.server(), store, service.desk(), meters, time);
            return new DataPlane(store, events, service, names, probing, history, meters);
        } catch (ListenException e) {
            service.close();
            probing.close();
            names.close(Duration.ZERO);
            events.close(Duration.ZERO);
            store.close();
            throw new CommandFailure(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            probing.close();
            names.close(Duration.ZERO);
            events.close(Duration.ZERO);
            store.close();
            throw e;
        }
    }

    private static LeaseStore openStore(AthenaConfig config, Meters meters, TimeSource time) throws CommandFailure {
        long longest = TopologyCompiler.compile(config, List.<Ipv4>of()).longestLeaseTime();
        StoreSettings settings =
                StoreSettings.DEFAULT.withCautionSeconds(longest).withFollowers(followers(config));
        if (Boolean.getBoolean(NO_SYNC)) {
            LOG.error("{} is set: nothing is synced to disk, and a loss of power loses leases", NO_SYNC);
            settings = settings.withoutSync();
        }
        Integer checkpointBytes = Integer.getInteger(CHECKPOINT_BYTES);
        if (checkpointBytes != null) {
            settings = settings.withCheckpointEvery(checkpointBytes);
        }
        try {
            return LeaseStore.open(config.server().leaseDb(), settings, meters, time);
        } catch (StoreException e) {
            throw new CommandFailure(ExitCode.STORE, String.valueOf(e.getMessage()), e);
        }
    }

    private static Set<String> followers(AthenaConfig config) {
        Set<String> followers = new HashSet<>(HistoryService.followers(config.section(HistoryConfig.class)));
        if (config.section(DdnsConfig.class).enabled()) {
            followers.add(DdnsService.FOLLOWER);
        }
        return followers;
    }

    Meters meters() {
        return meters;
    }

    LeaseDesk desk() {
        return service.desk();
    }

    ConflictDesk conflicts() {
        return service.conflicts();
    }

    /** What happened of late, how the hooks fare, and the bus for those who want to hear. */
    EventService events() {
        return events;
    }

    HistoryDesk history() {
        return history;
    }

    /** How names in DNS fare. */
    NamesDesk names() {
        return names;
    }

    /** Takes over a changed configuration; returns the keys whose change needs a restart. */
    List<String> reload(AthenaConfig changed) {
        events.reload(changed.section(HooksConfig.class), changed.server());
        List<String> restart = service.reload(changed, ConfigSections.conflictRules(changed));
        names.reload(changed);
        probing.follow(changed);
        history.reload(changed.section(HistoryConfig.class), changed.server());
        return restart;
    }

    @Override
    public boolean journalWritable() {
        return store.journal().isWritable();
    }

    @Override
    public List<String> waitingInterfaces() {
        return service.interfaces().stream()
                .filter(served -> !served.isBound() || !served.state().isUsable())
                .map(ServedInterface::name)
                .toList();
    }

    @Override
    public List<String> degradations() {
        List<String> all = new ArrayList<>(history.problems());
        if (!probing.problem().isEmpty()) {
            all.add("addresses are not probed before they are offered: " + probing.problem());
        }
        if (!names.problem().isEmpty()) {
            all.add(names.problem());
        }
        return all;
    }

    /** Finishes what is under way, then makes everything accepted durable and gives the store free. */
    @Override
    public void close() {
        service.drain(DRAIN);
        service.close();
        probing.close();
        names.close(NAMES);
        events.close(EVENTS);
        history.close();
        store.close();
    }
}
