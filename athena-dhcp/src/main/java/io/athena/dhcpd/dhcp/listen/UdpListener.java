package io.athena.dhcpd.dhcp.listen;

import io.athena.dhcpd.core.link.FrameSockets;
import io.athena.dhcpd.core.link.InterfaceState;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for DHCP on interfaces, one socket each, on one event loop. Interfaces are looked at every second: one that is
 * missing, down or without an address is served as soon as that has changed.
 */
public final class UdpListener implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(UdpListener.class);

    private static final int LOG_LINES_PER_MINUTE = 5;

    private final List<ServedInterface> served;
    private final SocketBinder binder;
    private final InterfaceWatcher watcher;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "dhcp-interfaces");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A listener that is yet to be started.
     *
     * @param frames how to send frames to clients that have no address yet
     */
    public UdpListener(
            ListenSettings settings, PacketHandler handler, FrameSockets frames, Meters meters, TimeSource time) {
        this(settings, handler, frames, meters, time, InterfaceState::look, true);
    }

    UdpListener(
            ListenSettings settings,
            PacketHandler handler,
            FrameSockets frames,
            Meters meters,
            TimeSource time,
            InterfaceSource interfaces,
            boolean preferEpoll) {
        LogBudget budget = new LogBudget(time, LOG_LINES_PER_MINUTE);
        SendErrors errors = new SendErrors(meters, budget);
        this.served = settings.interfaces().stream()
                .map(name -> new ServedInterface(name, settings, errors))
                .toList();
        this.binder = new SocketBinder(settings.port(), preferEpoll);
        this.watcher = new InterfaceWatcher(
                served, interfaces, binder, frames, errors, on -> new PacketInlet(on, handler, meters, budget));
    }

    /**
     * Binds what is there and begins to receive.
     *
     * @throws ListenException when an interface that is there cannot be bound; nothing is left open then
     */
    public void start() throws ListenException {
        try {
            watcher.start();
        } catch (ListenException e) {
            close();
            throw e;
        }
        ticks.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** The interfaces to serve, in the configured order; their state changes with the machine's. */
    public List<ServedInterface> interfaces() {
        return served;
    }

    /** Receives nothing more, while replies to what was received can still be sent. */
    public void stopReceiving() {
        stopTicks();
        watcher.stopReceiving();
    }

    /** Sends what waits and closes the sockets; a second call does nothing. */
    @Override
    public void close() {
        stopTicks();
        watcher.close();
        binder.close();
    }

    private void tick() {
        try {
            watcher.refresh();
        } catch (RuntimeException e) {
            // An exception would end the ticks for good.
            log.error("looking at the interfaces failed; trying again in a second", e);
        }
    }

    /** No look at the interfaces is under way when this returns. */
    private void stopTicks() {
        ticks.shutdown();
        try {
            if (!ticks.awaitTermination(15, TimeUnit.SECONDS)) {
                log.warn("a look at the interfaces does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
