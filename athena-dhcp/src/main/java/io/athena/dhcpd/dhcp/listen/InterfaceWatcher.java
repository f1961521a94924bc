package io.athena.dhcpd.dhcp.listen;

import io.athena.dhcpd.core.link.FrameSocket;
import io.athena.dhcpd.core.link.FrameSocketException;
import io.athena.dhcpd.core.link.FrameSockets;
import io.athena.dhcpd.core.link.InterfaceState;
import io.netty.channel.Channel;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds interfaces as they appear and lets go of them when they vanish. Used by one thread at a time; what it says about
 * an interface it says once.
 */
final class InterfaceWatcher {

    private static final Logger log = LoggerFactory.getLogger(InterfaceWatcher.class);

    private static final long CLOSE_TIMEOUT_MILLIS = 2_000;

    /** An interface and the socket on it. */
    private static final class Watch {
        private final ServedInterface served;
        private @Nullable ReplyQueue socket;
        private @Nullable Channel channel;
        private int boundIndex;
        private String problem = "";

        Watch(ServedInterface served) {
            this.served = served;
        }
    }

    private final InterfaceSource interfaces;
    private final SocketBinder binder;
    private final FrameSockets frameSockets;
    private final SendErrors errors;
    private final Function<ServedInterface, PacketInlet> inlets;
    private final List<Watch> watches;
    private boolean warnedOfFrames;

    InterfaceWatcher(
            List<ServedInterface> served,
            InterfaceSource interfaces,
            SocketBinder binder,
            FrameSockets frameSockets,
            SendErrors errors,
            Function<ServedInterface, PacketInlet> inlets) {
        this.interfaces = interfaces;
        this.binder = binder;
        this.frameSockets = frameSockets;
        this.errors = errors;
        this.inlets = inlets;
        this.watches = served.stream().map(Watch::new).toList();
    }

    /** The first look: what is there is bound, and what cannot be bound although it is there is an error. */
    void start() throws ListenException {
        for (Watch watch : watches) {
            look(watch);
        }
    }

    /** Another look; what cannot be bound is tried again at the next one. */
    void refresh() {
        for (Watch watch : watches) {
            try {
                look(watch);
            } catch (ListenException e) {
                report(watch, String.valueOf(e.getMessage()));
            }
        }
    }

    /** Receives nothing more; replies still leave. */
    void stopReceiving() {
        for (Watch watch : watches) {
            if (watch.channel != null) {
                watch.channel.config().setAutoRead(false);
            }
        }
    }

    /** Sends what waits and closes all sockets. */
    void close() {
        watches.forEach(this::unbind);
    }

    private void look(Watch watch) throws ListenException {
        InterfaceState seen = interfaces.look(watch.served.name());
        watch.served.update(seen);
        if (watch.socket != null && watch.boundIndex != seen.index()) {
            // The socket is bound to the interface's number: one of the same name that comes back is another.
            unbind(watch);
            log.warn("interface {} has gone; waiting for it to return", watch.served.name());
        }
        if (watch.socket == null) {
            String problem = problem(watch, seen);
            if (problem.isEmpty()) {
                bind(watch, seen);
            }
            report(watch, problem);
        }
    }

    private String problem(Watch watch, InterfaceState seen) {
        String name = watch.served.name();
        if (!binder.bindsToDevices() && watch != watches.get(0)) {
            return "interface " + name + " is not served: without epoll only one interface can be, and that is "
                    + watches.get(0).served.name();
        }
        if (seen.isUsable()) {
            return "";
        }
        String why = seen.exists() ? seen.up() ? "has no IPv4 address" : "is down" : "does not exist";
        return "interface " + name + " " + why + "; waiting for it";
    }

    private static void report(Watch watch, String problem) {
        if (!problem.isEmpty() && !problem.equals(watch.problem)) {
            log.warn(problem);
        }
        watch.problem = problem;
    }

    private void bind(Watch watch, InterfaceState seen) throws ListenException {
        String name = watch.served.name();
        boolean mayHearAll = seen.loopback() || watches.size() == 1;
        if (!binder.bindsToDevices()) {
            log.warn("no epoll here: {} is served without its own device, for it alone or for relay agents", name);
        }
        Channel channel = binder.bind(name, seen.loopback(), mayHearAll, inlets.apply(watch.served));
        ReplyQueue socket = new ReplyQueue(name, channel, openFrames(name, seen), errors);
        watch.channel = channel;
        watch.socket = socket;
        watch.boundIndex = seen.index();
        watch.served.connect(socket);
        // Not before replies have their way out.
        channel.config().setAutoRead(true);
        log.atInfo()
                .addKeyValue("interface", name)
                .addKeyValue("addresses", seen.addresses())
                .addKeyValue("socket", channel.localAddress())
                .log("listening");
    }

    /** Null where frames cannot be sent: replies to clients without an address are broadcast then. */
    private @Nullable FrameSocket openFrames(String name, InterfaceState seen) {
        if (seen.mac() == null || seen.loopback()) {
            return null;
        }
        try {
            return frameSockets.open(name);
        } catch (FrameSocketException e) {
            if (!warnedOfFrames) {
                warnedOfFrames = true;
                log.warn(
                        "{}. Until then replies to clients that have no address yet go to everybody by broadcast",
                        e.getMessage());
            }
            return null;
        }
    }

    private void unbind(Watch watch) {
        watch.served.connect(null);
        if (watch.socket != null) {
            // An event loop that ends closes its channels first: what waits has to leave before that.
            watch.socket.close().awaitUninterruptibly(CLOSE_TIMEOUT_MILLIS);
        }
        watch.socket = null;
        watch.channel = null;
        watch.boundIndex = 0;
    }
}
