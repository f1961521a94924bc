package io.athena.dhcpd.ddns.service;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.Follower;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.store.StoreException;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.DdnsConfig;
import io.athena.dhcpd.ddns.name.CurrentNames;
import io.athena.dhcpd.ddns.name.NameHolders;
import io.athena.dhcpd.ddns.name.NameRules;
import io.athena.dhcpd.ddns.name.NamedLeases;
import io.athena.dhcpd.ddns.outbox.OutboxStatus;
import io.athena.dhcpd.ddns.outbox.ServerStatus;
import io.athena.dhcpd.ddns.outbox.UnfinishedName;
import io.athena.dhcpd.ddns.reconcile.Reconciliation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dynamic DNS for as long as the server runs. The policy is there from the first packet on; what follows the journal is
 * started behind the service and keeps nothing waiting. Trouble here is said, and never reaches a lease.
 */
public final class DdnsService implements NamesDesk {

    /** The folder of unfinished work in the store. */
    public static final String FOLLOWER = "names";

    private static final Logger LOG = LoggerFactory.getLogger(DdnsService.class);

    /** How long updates of the configuration before may go on at a reload. */
    private static final Duration AT_RELOAD = Duration.ofSeconds(1);

    private static final int LINES_A_MINUTE = 10;

    private final Meters meters;
    private final TimeSource time;
    private final NameHolders holders;
    private final LogBudget budget;
    private final CurrentNames policy;
    private DdnsConfig config;
    private @Nullable LeaseStore store;
    private @Nullable LeaseDesk desk;
    private @Nullable Follower follower;
    private @Nullable RunningNames running;
    private String obstacle = "";

    public DdnsService(AthenaConfig config, Meters meters, TimeSource time) {
        this(config, new NameHolders(), meters, time);
    }

    DdnsService(AthenaConfig config, NameHolders holders, Meters meters, TimeSource time) {
        this.holders = holders;
        this.meters = meters;
        this.time = time;
        this.budget = new LogBudget(time, LINES_A_MINUTE);
        this.config = config.section(DdnsConfig.class);
        this.policy = new CurrentNames(NameRules.of(config, holders, budget));
    }

    /** Which names leases get; follows reloads. */
    public NamePolicy policy() {
        return policy;
    }

    /**
     * The leases of before, for who loads them ahead of the first packet: from then on no client gets a name that one of
     * them has.
     */
    public synchronized RecoveredState learnFrom(RecoveredState leases) {
        return config.enabled() ? new NamedLeases(leases, holders, time.epochSeconds()) : leases;
    }

    /** Begins to follow the journal where dynamic DNS is on; {@linkplain #learnFrom the leases of before} are known. */
    public synchronized void start(LeaseStore leaseStore, LeaseDesk leaseDesk) {
        store = leaseStore;
        desk = leaseDesk;
        begin(true);
    }

    private void begin(boolean learnt) {
        if (!config.enabled() || store == null || desk == null) {
            return;
        }
        try {
            if (follower == null) {
                follower = store.follow(FOLLOWER);
            }
            running = RunningNames.start(config, follower, desk, holders, meters, time);
            if (!learnt) {
                running.learn(holders);
            }
            obstacle = "";
        } catch (StoreException | RuntimeException e) {
            obstacle = String.valueOf(e.getMessage());
            forget();
            LOG.error("Names are not put into DNS: {}", obstacle);
        }
    }

    /** Takes over a changed configuration. Unfinished work goes on under it. */
    public synchronized void reload(AthenaConfig changed) {
        policy.use(NameRules.of(changed, holders, budget));
        DdnsConfig section = changed.section(DdnsConfig.class);
        if (section.equals(config)) {
            return;
        }
        config = section;
        end(AT_RELOAD);
        if (config.enabled()) {
            begin(false);
        } else {
            forget();
            // From now on nobody hears of leases that end.
            holders.clear();
            LOG.info("Names in DNS are left as they are from now on");
        }
    }

    private void end(Duration limit) {
        if (running != null) {
            running.close(limit);
            running = null;
        }
    }

    /** No names any more: the journal need not be kept for them. */
    private void forget() {
        if (follower != null) {
            follower.close();
            follower = null;
        }
        if (store != null) {
            store.unfollow(FOLLOWER);
        }
    }

    /** What keeps names from getting into DNS, a sentence; empty text when nothing does. */
    public synchronized String problem() {
        if (!obstacle.isEmpty()) {
            return "names are not put into DNS: " + obstacle;
        }
        return status().stream()
                .flatMap(status -> status.servers().stream())
                .filter(server -> server.failingSince() != 0)
                .map(DdnsService::problem)
                .reduce((one, other) -> one + "; " + other)
                .orElse("");
    }

    private static String problem(ServerStatus server) {
        return server.waiting() + " names wait for the name server " + server.server() + ": " + server.lastError();
    }

    @Override
    public synchronized Optional<OutboxStatus> status() {
        return Optional.ofNullable(running).map(RunningNames::status);
    }

    @Override
    public synchronized CompletableFuture<List<UnfinishedName>> unfinished(Ipv4 after, int limit) {
        return running == null ? CompletableFuture.completedFuture(List.of()) : running.unfinished(after, limit);
    }

    @Override
    public synchronized String reconcile(boolean repair) {
        return running == null ? "dynamic DNS is off; see [ddns]" : running.reconcile(repair);
    }

    @Override
    public synchronized Optional<Reconciliation> reconciliation() {
        return Optional.ofNullable(running).flatMap(RunningNames::reconciliation);
    }

    /** Finishes what can be finished within the limit and keeps the rest for the next start; before the store closes. */
    public synchronized void close(Duration limit) {
        end(limit);
        if (follower != null) {
            follower.close();
            follower = null;
        }
    }
}
