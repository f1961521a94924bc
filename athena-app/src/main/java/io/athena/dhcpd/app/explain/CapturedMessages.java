package io.athena.dhcpd.app.explain;

import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.dhcp.explain.Arrival;
import io.athena.dhcpd.dhcp.explain.Explainer;
import io.athena.dhcpd.dhcp.explain.Explanation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The clients' messages of a capture; what servers send and everything else is passed over and counted. */
final class CapturedMessages implements Messages {

    private static final int BOOTREPLY = 2;

    private final Path file;
    private final @Nullable MacAddress only;
    private final String heardOn;
    private final int serverPort;
    private long played;
    private long ofServers;
    private long other;
    private long cut;
    private long unknownLink;
    private long start = -1;

    CapturedMessages(Path file, @Nullable MacAddress only, String heardOn, int serverPort) {
        this.file = file;
        this.only = only;
        this.heardOn = heardOn;
        this.serverPort = serverPort;
    }

    @Override
    public void forEach(Explainer explainer, Consumer<Explanation> told) throws IOException {
        try (CaptureFile capture = CaptureFile.open(file)) {
            for (CaptureFile.Packet packet = capture.next(); packet != null; packet = capture.next()) {
                Arrival arrival = arrival(packet);
                if (arrival != null) {
                    played++;
                    cut += packet.cut() ? 1 : 0;
                    Explanation explanation = explainer.explain(arrival);
                    if (only == null
                            || only.toString().equals(explanation.message().client())) {
                        told.accept(explanation);
                    }
                }
            }
        }
    }

    private @Nullable Arrival arrival(CaptureFile.Packet packet) {
        if (!Frames.isKnown(packet.linkType())) {
            unknownLink++;
            return null;
        }
        Datagram datagram = Frames.datagram(packet.linkType(), packet.bytes());
        if (datagram == null || datagram.targetPort() != serverPort) {
            other++;
            return null;
        }
        if (datagram.payload().length > 0 && datagram.payload()[0] == BOOTREPLY) {
            ofServers++;
            return null;
        }
        start = start < 0 ? packet.seconds() : start;
        long later = Math.max(0, packet.seconds() - start);
        return new Arrival(datagram.payload(), datagram.source(), datagram.sourcePort(), heardOn, later);
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add(played + " messages of " + file + " were played in order, from now on and with their distances in"
                + " time; what one of them changed, the next one found");
        add(notes, ofServers, "packets of servers to relay agents were passed over");
        add(notes, other, "packets that are no DHCP to this server's port " + serverPort + " were passed over");
        add(notes, unknownLink, "packets have a kind of link that is not known here");
        add(notes, cut, "messages were cut off by the capture");
        return notes;
    }

    private static void add(List<String> notes, long count, String what) {
        if (count > 0) {
            notes.add(count + " " + what);
        }
    }
}
