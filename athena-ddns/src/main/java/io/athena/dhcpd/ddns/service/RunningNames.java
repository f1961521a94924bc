package io.athena.dhcpd.ddns.service;

import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.Follower;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.DdnsConfig;
import io.athena.dhcpd.ddns.name.NameHolders;
import io.athena.dhcpd.ddns.outbox.Backoff;
import io.athena.dhcpd.ddns.outbox.HeldName;
import io.athena.dhcpd.ddns.outbox.NameChange;
import io.athena.dhcpd.ddns.outbox.NameOutbox;
import io.athena.dhcpd.ddns.outbox.OutboxStatus;
import io.athena.dhcpd.ddns.outbox.UnfinishedName;
import io.athena.dhcpd.ddns.reconcile.LeaseWalk;
import io.athena.dhcpd.ddns.reconcile.Reconciler;
import io.athena.dhcpd.ddns.reconcile.Reconciliation;
import io.athena.dhcpd.ddns.servers.Updaters;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One configuration of dynamic DNS at work. */
final class RunningNames {

    private static final Logger LOG = LoggerFactory.getLogger(RunningNames.class);

    private final LeaseWalk leases;
    private final TimeSource time;
    private final Updaters updaters;
    private final ZonePlaces places;
    private final NameOutbox outbox;
    private @Nullable Thread learning;
    private @Nullable Reconciler reconciler;
    private @Nullable Thread reconciling;

    private RunningNames(
            DdnsConfig config, Follower follower, LeaseDesk desk, NameHolders holders, Meters meters, TimeSource time) {
        this.time = time;
        leases = new LeaseWalk(desk);
        updaters = new Updaters(ProxySelector.getDefault(), time);
        places = new ZonePlaces(config, updaters::of);
        NameOutbox.Settings settings = new NameOutbox.Settings(
                new Backoff(config.retryBackoff(), config.retryMaxBackoff()),
                config.retryMaxAge(),
                config.updateOnRenew());
        outbox = NameOutbox.start(follower, places, settings, meters, time, change -> note(change, holders));
    }

    static RunningNames start(
            DdnsConfig config, Follower follower, LeaseDesk desk, NameHolders holders, Meters meters, TimeSource time) {
        return new RunningNames(config, follower, desk, holders, meters, time);
    }

    /** Finds out in the background who has which name by now, where nobody did until now. */
    void learn(NameHolders holders) {
        learning = daemon("athena-names-learn", () -> walk(holders));
    }

    private void walk(NameHolders holders) {
        try {
            leases.forEach(lease -> {
                HeldName name = HeldName.of(lease);
                if (name != null && lease.isActive(time.epochSeconds())) {
                    holders.set(name.fqdn(), lease.ip(), name.client());
                }
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            LOG.warn(
                    "It is not known which names leases have; only DNS tells two clients of one name apart: {}",
                    e.getMessage());
        }
    }

    /** Whether a client that has, or had, two leases of one name is back at the one of before. */
    private static boolean note(NameChange change, NameHolders holders) {
        HeldName before = change.before();
        HeldName now = change.now();
        if (before != null && !before.equals(now)) {
            holders.remove(before.fqdn(), change.address(), before.client());
        }
        if (now == null) {
            return false;
        }
        boolean isBack = change.isRenewal() && holders.isElsewhere(now.fqdn(), change.address(), now.client());
        holders.set(now.fqdn(), change.address(), now.client());
        return isBack;
    }

    OutboxStatus status() {
        return outbox.status();
    }

    CompletableFuture<List<UnfinishedName>> unfinished(Ipv4 after, int limit) {
        return outbox.unfinished(after, limit);
    }

    String reconcile(boolean repair) {
        if (reconciling != null && reconciling.isAlive()) {
            return "a comparison is running already";
        }
        Reconciler next =
                new Reconciler(leases, places, places.forwardZones(), places.reverseZones(), outbox, time, repair);
        reconciler = next;
        reconciling = daemon("athena-names-compare", () -> {
            try {
                next.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return "";
    }

    Optional<Reconciliation> reconciliation() {
        return Optional.ofNullable(reconciler).map(Reconciler::findings);
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Finishes what can be finished within the limit; the rest is stored. */
    void close(Duration limit) {
        if (learning != null) {
            learning.interrupt();
        }
        if (reconciling != null) {
            reconciling.interrupt();
        }
        try {
            outbox.close(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        places.close();
        updaters.close();
    }
}
