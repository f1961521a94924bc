package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.Follower;
import io.athena.dhcpd.core.time.TimeSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the names of leases into DNS and out of it, as the journal tells: at least once for every change, in order for
 * each name, for as long as a name server is away. Runs on threads of its own.
 */
public final class NameOutbox {

    private static final Logger LOG = LoggerFactory.getLogger(NameOutbox.class);

    /**
     * How it behaves.
     *
     * @param backoff the waits after failures
     * @param maxAge how long it is tried to take a name away
     * @param refresh whether a renewal writes the records again
     */
    public record Settings(Backoff backoff, Duration maxAge, boolean refresh) {}

    private final Follower follower;
    private final Meters meters;
    private final OutboxAgent agent;
    private final Dispatch dispatch;
    private volatile OutboxStatus latest = new OutboxStatus(0, 0, 0, List.of());

    private NameOutbox(
            Follower follower,
            Routes routes,
            Settings settings,
            Meters meters,
            TimeSource time,
            Predicate<NameChange> listener) {
        this.follower = follower;
        this.meters = meters;
        UpdateLog log = new UpdateLog(meters, time);
        dispatch = new Dispatch(settings.backoff());
        Outbox outbox = new Outbox(routes, dispatch, log, settings.refresh());
        OutboxFile file = new OutboxFile(follower.store(), time);
        file.load(outbox, follower.tail(), follower.fresh());
        agent = new OutboxAgent(
                follower.tail(), file, outbox, dispatch, log, time, settings.maxAge(), listener, this::publish);
    }

    /**
     * Starts where the follower stands, with what an earlier run left unfinished.
     *
     * @param follower stays the caller's to close, after {@link #close}
     * @param listener hears of every change of a name, on a thread of the outbox; must be quick; tells whether a
     *     renewal is by a client that last had the name at another address
     */
    public static NameOutbox start(
            Follower follower,
            Routes routes,
            Settings settings,
            Meters meters,
            TimeSource time,
            Predicate<NameChange> listener) {
        NameOutbox outbox = new NameOutbox(follower, routes, settings, meters, time, listener);
        meters.gauge(DhcpMeter.DDNS_PENDING, () -> outbox.latest.pending());
        meters.gauge(DhcpMeter.DDNS_CONFLICTS, () -> outbox.latest.conflicts());
        if (follower.tail().missed() > 0) {
            LOG.warn(
                    "{} records of the lease journal are gone that may have named or ended leases: "
                            + "run 'athena-dhcpd names reconcile'",
                    follower.tail().missed());
        }
        outbox.agent.start();
        return outbox;
    }

    private void publish(Outbox outbox) {
        int conflicts = outbox.foreignCount();
        latest = new OutboxStatus(
                Math.max(0, outbox.works().size() - conflicts),
                conflicts,
                follower.tail().missed(),
                dispatch.statuses());
    }

    /** How it fared a moment ago. */
    public OutboxStatus status() {
        return latest;
    }

    /** What is not done yet, in ascending order of address, from the first address above {@code after} on. */
    public CompletableFuture<List<UnfinishedName>> unfinished(Ipv4 after, int limit) {
        return agent.ask(outbox -> outbox.works().stream()
                .filter(work -> work.address().compareTo(after) > 0)
                .sorted(Comparator.comparing(NameWork::address))
                .limit(limit)
                .map(UnfinishedName::of)
                .toList());
    }

    /** The addresses about which something is not done yet, and of each whether its name is somebody else's. */
    public CompletableFuture<Map<Ipv4, Boolean>> unfinished() {
        return agent.ask(outbox -> outbox.works().stream()
                .collect(Collectors.toMap(NameWork::address, work -> work.stage() == NameWork.Stage.FOREIGN)));
    }

    /** Writes the records of a lease again, because DNS was found not to say them. */
    public CompletableFuture<Void> repair(Ipv4 address, HeldName name, long now) {
        return agent.ask(outbox -> {
            outbox.repair(address, name, now);
            return null;
        });
    }

    /** Takes away a name that was found in DNS although its lease is over. */
    public CompletableFuture<Void> surplus(Ipv4 address, HeldName name, long now) {
        return agent.ask(outbox -> {
            outbox.surplus(address, name, now);
            return null;
        });
    }

    /** Does what can be done within the limit, stores the rest and ends. */
    public void close(Duration limit) throws InterruptedException {
        agent.close(limit);
        meters.removeGauges(DhcpMeter.DDNS_PENDING);
        meters.removeGauges(DhcpMeter.DDNS_CONFLICTS);
    }
}
