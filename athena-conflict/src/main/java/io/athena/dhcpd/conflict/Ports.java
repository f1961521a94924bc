package io.athena.dhcpd.conflict;

import io.athena.dhcpd.core.link.FrameSocketException;
import io.athena.dhcpd.core.link.ProbeSockets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The open sockets: one an interface, and one for ICMP. Each is opened when it is first needed, and kept. */
final class Ports {

    private final ProbeSockets sockets;
    private final Answers answers;
    private final int echoId;
    private final Tokens tokens = new Tokens();
    private final List<Port> open = new ArrayList<>();
    private @Nullable EchoPort echo;

    Ports(ProbeSockets sockets, Answers answers, int echoId) {
        this.sockets = sockets;
        this.answers = answers;
        this.echoId = echoId;
    }

    ArpPort arp(Attachment on) throws FrameSocketException {
        for (Port port : open) {
            if (port instanceof ArpPort arp && arp.interfaceIndex() == on.interfaceIndex()) {
                return arp;
            }
        }
        ArpPort port = new ArpPort(on, sockets.openArp(on.interfaceName(), on.interfaceIndex()), answers);
        open.add(port);
        return port;
    }

    EchoPort echo() throws FrameSocketException {
        EchoPort known = echo;
        if (known == null) {
            known = new EchoPort(sockets.openEcho(), echoId, tokens, answers);
            echo = known;
            open.add(known);
        }
        return known;
    }

    /** The one that a probe is to leave by. */
    Port of(Probe probe) throws FrameSocketException {
        Attachment on = probe.on();
        return on == null ? echo() : arp(on);
    }

    void drainReadable() {
        for (int i = 0; i < open.size(); i++) {
            Inlet inlet = open.get(i).inlet();
            if (inlet.isReadable()) {
                inlet.drain();
            }
        }
    }

    /** The next use opens it anew. */
    void close(Port port) {
        if (open.remove(port)) {
            port.inlet().close();
            if (port == echo) {
                echo = null;
            }
        }
    }

    /** Closes sockets on interfaces that are gone, or have come back as another one. */
    void keepOnly(Attachments attachments) {
        for (Port port : List.copyOf(open)) {
            if (port instanceof ArpPort arp && !attachments.isAttached(arp.interfaceIndex())) {
                close(port);
            }
        }
    }

    void closeAll() {
        List.copyOf(open).forEach(this::close);
    }
}
