package io.athena.dhcpd.events.service;

import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.store.Follower;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.store.StoreException;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.HistoryConfig;
import io.athena.dhcpd.events.SyslogTarget;
import io.athena.dhcpd.events.history.HistoryAgent;
import io.athena.dhcpd.events.history.HistoryBook;
import io.athena.dhcpd.events.history.HistoryDesk;
import io.athena.dhcpd.events.syslog.SyslogSender;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The history with its way to syslog, as the configuration has them. Nothing here keeps the server from serving. */
public final class HistoryService implements HistoryDesk {

    /** The name under which the history follows the journal, and of its folder in the store. */
    public static final String FOLLOWER = "history";

    private static final Logger LOG = LoggerFactory.getLogger(HistoryService.class);
    private static final Duration MOMENT = Duration.ofSeconds(2);

    /** What runs while a history is kept. */
    private record Running(Follower follower, HistoryAgent agent, HistoryBook book) {}

    private final LeaseStore store;
    private final LeaseDesk desk;
    private final Meters meters;
    private final TimeSource time;
    private HistoryConfig config;
    private String nodeId;
    private @Nullable Running running;
    private @Nullable SyslogSender sender;
    private @Nullable String problem;

    private HistoryService(
            HistoryConfig config,
            ServerConfig server,
            LeaseStore store,
            LeaseDesk desk,
            Meters meters,
            TimeSource time) {
        this.store = store;
        this.desk = desk;
        this.meters = meters;
        this.time = time;
        this.config = config;
        this.nodeId = server.nodeId();
        if (config.enabled()) {
            switchOn();
        } else if (Files.isDirectory(server.leaseDb().resolve(FOLLOWER))) {
            noteThatItIsOff();
        }
    }

    /**
     * Starts what is configured.
     *
     * @param store open, with {@link #followers} expected
     * @param desk tells the leases that there are
     */
    public static HistoryService start(
            HistoryConfig config,
            ServerConfig server,
            LeaseStore store,
            LeaseDesk desk,
            Meters meters,
            TimeSource time) {
        return new HistoryService(config, server, store, desk, meters, time);
    }

    /** Those who will follow the journal. */
    public static Set<String> followers(HistoryConfig config) {
        return config.enabled() ? Set.of(FOLLOWER) : Set.of();
    }

    private void switchOn() {
        try {
            Follower follower = store.follow(FOLLOWER);
            HistoryAgent agent = new HistoryAgent(follower, desk, config.retention(), meters, time);
            running = new Running(follower, agent, new HistoryBook(follower.store()));
            problem = null;
            startSender(agent);
            agent.start();
        } catch (StoreException e) {
            LOG.error("No history is kept: {}", e.getMessage());
            problem = "no history is kept: " + e.getMessage();
            store.unfollow(FOLLOWER);
        }
    }

    private void startSender(HistoryAgent agent) {
        SyslogTarget target = config.syslog();
        if (target == null) {
            agent.tell(null);
            return;
        }
        SyslogSender started = new SyslogSender(target, nodeId, agent.queue(), meters, time);
        sender = started;
        agent.tell(started::wake);
        started.start();
    }

    private void stopSender() throws InterruptedException {
        SyslogSender stopped = sender;
        sender = null;
        if (stopped != null) {
            stopped.close();
        }
    }

    private void switchOff(Running ended) throws InterruptedException {
        running = null;
        stopSender();
        ended.agent().close();
        HistoryAgent.noteGap(ended.follower().store(), time.epochSeconds());
        ended.follower().close();
        store.unfollow(FOLLOWER);
    }

    /** A history that is switched on again has to know since when it was off. */
    private void noteThatItIsOff() {
        try (Follower follower = store.follow(FOLLOWER)) {
            HistoryAgent.noteGap(follower.store(), time.epochSeconds());
        } catch (StoreException | RuntimeException e) {
            LOG.warn("It cannot be noted in the history that none is kept from now on: {}", e.getMessage());
        }
        store.unfollow(FOLLOWER);
    }

    /** Takes over a changed configuration. */
    public synchronized void reload(HistoryConfig changed, ServerConfig server) {
        boolean otherTarget = !Objects.equals(changed.syslog(), config.syslog())
                || !server.nodeId().equals(nodeId);
        config = changed;
        nodeId = server.nodeId();
        Running current = running;
        try {
            if (!changed.enabled()) {
                problem = null;
                if (current != null) {
                    switchOff(current);
                }
            } else if (current == null) {
                switchOn();
            } else {
                current.agent().keep(changed.retention());
                if (otherTarget) {
                    stopSender();
                    startSender(current.agent());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Optional<HistoryBook> history() throws InterruptedException {
        Running current = current();
        if (current == null) {
            return Optional.empty();
        }
        try {
            current.agent().upToDate().get(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("The history is asked before it is up to date", e);
        }
        return Optional.of(current.book());
    }

    private synchronized @Nullable Running current() {
        return running;
    }

    /** What does not work at present. */
    public synchronized List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (problem != null) {
            problems.add(problem);
        }
        if (running != null && !running.agent().problem().isEmpty()) {
            problems.add(running.agent().problem());
        }
        if (sender != null && !sender.problem().isEmpty()) {
            problems.add(sender.problem());
        }
        return problems;
    }

    /** Writes what can be read by now; to be done when no lease changes any more and before the store is closed. */
    public synchronized void close() {
        Running ended = running;
        running = null;
        try {
            stopSender();
            if (ended != null) {
                ended.agent().close();
                ended.follower().close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("Closing the history failed; it goes on from its last save at the next start", e);
        }
    }
}
