package io.athena.dhcpd.dhcp.listen;

import io.athena.dhcpd.core.link.EthernetFrames;
import io.athena.dhcpd.core.link.EthernetFrames.Endpoint;
import io.athena.dhcpd.core.link.FrameSocket;
import io.athena.dhcpd.core.link.InterfaceState;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.listen.SendErrors.Path;
import io.athena.dhcpd.dhcp.reply.Outlet;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * An interface that the server is to serve, whether it is there at the moment or not. May be used by any thread; its
 * state is a snapshot that the watcher replaces.
 */
public final class ServedInterface implements Outlet {

    private static final int ETHERNET_HEADER = 14;

    private final String name;
    private final ListenSettings settings;
    private final SendErrors errors;
    private volatile InterfaceState state = InterfaceState.ABSENT;
    private volatile @Nullable Departures queue;

    ServedInterface(String name, ListenSettings settings, SendErrors errors) {
        this.name = name;
        this.settings = settings;
        this.errors = errors;
    }

    /**
     * An interface that is only imagined: it has a state and no socket, and its replies go to the tap.
     *
     * @param settings those of the server
     */
    public static ServedInterface imagined(
            String name, ListenSettings settings, InterfaceState state, ReplyTap tap, TimeSource time) {
        SendErrors none = new SendErrors(new Meters(), new LogBudget(time, 1));
        ServedInterface imagined = new ServedInterface(name, settings, none);
        imagined.update(state);
        imagined.connect(new TappedReplies(tap));
        return imagined;
    }

    public String name() {
        return name;
    }

    /** The interface as it was last seen, at most a second ago. */
    public InterfaceState state() {
        return state;
    }

    /** Whether the server listens on it. */
    public boolean isBound() {
        return queue != null;
    }

    void update(InterfaceState seen) {
        state = seen;
    }

    /** Replies leave through {@code replies} from now on; null while there is no socket. */
    void connect(@Nullable Departures replies) {
        queue = replies;
    }

    @Override
    public void sendDatagram(ByteBuf payload, Ipv4 to, int port) {
        Departures replies = queue;
        if (replies == null) {
            payload.release();
            errors.count(Path.UDP, name, to, "the interface is gone");
            return;
        }
        replies.offer(new Outgoing.Datagram(payload, to, port));
    }

    @Override
    public boolean sendFrame(ByteBuf payload, MacAddress toMac, Ipv4 to, int port) {
        Departures replies = queue;
        InterfaceState now = state;
        MacAddress ownMac = now.mac();
        Ipv4 source = now.addressFor(to, settings.bindAddress());
        int size = EthernetFrames.UDP_HEADERS + payload.readableBytes();
        if (replies == null
                || !replies.hasFrames()
                || ownMac == null
                || source == null
                || size > Math.min(FrameSocket.MAX_FRAME, now.mtu() + ETHERNET_HEADER)) {
            return false;
        }
        Endpoint from = new Endpoint(ownMac, source, settings.port());
        replies.offer(new Outgoing.Frame(payload, from, new Endpoint(toMac, to, port)));
        return true;
    }

    @Override
    public String toString() {
        return name;
    }
}
