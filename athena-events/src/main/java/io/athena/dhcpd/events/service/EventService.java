package io.athena.dhcpd.events.service;

import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.event.EventLog;
import io.athena.dhcpd.core.event.EventPublisher;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.store.FileEventLog;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.HooksConfig;
import io.athena.dhcpd.events.bus.EventBus;
import io.athena.dhcpd.events.hook.HookStatus;
import io.athena.dhcpd.events.hook.Trial;
import io.athena.dhcpd.events.log.EventRecorder;
import io.athena.dhcpd.events.render.EventJson;
import io.athena.dhcpd.events.render.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bus with everything that listens to it for as long as the server runs. Nothing here keeps the server from starting
 * or from stopping in time.
 */
public final class EventService implements EventDesk {

    private static final Logger LOG = LoggerFactory.getLogger(EventService.class);

    /** How long hooks of the configuration before may go on at a reload. */
    private static final Duration AT_RELOAD = Duration.ofSeconds(1);

    private final Meters meters;
    private final TimeSource time;
    private final EventBus bus;
    private final @Nullable FileEventLog log;
    private HooksConfig config;
    private String nodeId;
    private Hooks hooks;

    private EventService(
            HooksConfig config, ServerConfig server, @Nullable FileEventLog log, Meters meters, TimeSource time) {
        this.meters = meters;
        this.time = time;
        this.config = config;
        this.nodeId = server.nodeId();
        this.bus = new EventBus(meters, time);
        this.log = log;
        if (log != null) {
            EventRecorder recorder = new EventRecorder(log, server.eventLogSize(), new EventJson(node()), time);
            bus.listen("event-log", EnumSet.allOf(EventType.class), config.eventBufferSize(), recorder);
        }
        this.hooks = Hooks.start(config, bus, node(), meters, time);
    }

    /** Starts the hooks and the log in a store folder that this process holds. */
    public static EventService start(HooksConfig config, ServerConfig server, Meters meters, TimeSource time) {
        return new EventService(config, server, openLog(server), meters, time);
    }

    private static @Nullable FileEventLog openLog(ServerConfig server) {
        if (server.eventLogSize() == 0) {
            return null;
        }
        try {
            return FileEventLog.open(server.leaseDb(), server.eventLogSize());
        } catch (IOException e) {
            LOG.warn("The log of events in {} cannot be opened, so none are kept: {}", server.leaseDb(), e.toString());
            return null;
        }
    }

    /** Where what happens is told. */
    public EventPublisher publisher() {
        return bus;
    }

    /** The bus itself, for others who want to listen. */
    public EventBus bus() {
        return bus;
    }

    @Override
    public Optional<EventLog> log() {
        return Optional.ofNullable(log);
    }

    @Override
    public synchronized List<HookStatus> hooks() {
        return hooks.statuses();
    }

    @Override
    public synchronized Trial test(String hook) {
        return hooks.test(hook, TestEvents.forHook(config.eventsOf(hook), time.epochSeconds()));
    }

    /** Takes over changed hooks; those of before finish what they are at, for a moment. */
    public synchronized void reload(HooksConfig changed, ServerConfig server) {
        if (changed.equals(config) && server.nodeId().equals(nodeId)) {
            return;
        }
        Node node = Node.standalone(server.nodeId());
        hooks = hooks.replacedBy(changed, node, meters, time, AT_RELOAD);
        config = changed;
        nodeId = server.nodeId();
    }

    /** Lets everybody finish for at most this long and ends them. */
    public synchronized void close(Duration limit) {
        bus.close(limit);
        hooks.close(Duration.ZERO);
        if (log != null) {
            try {
                log.close();
            } catch (IOException e) {
                LOG.warn("Closing the log of events failed: {}", e.toString());
            }
        }
    }

    private Node node() {
        return Node.standalone(nodeId);
    }
}
