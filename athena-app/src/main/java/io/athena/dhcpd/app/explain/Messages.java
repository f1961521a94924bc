package io.athena.dhcpd.app.explain;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.dhcp.explain.Arrival;
import io.athena.dhcpd.dhcp.explain.Explainer;
import io.athena.dhcpd.dhcp.explain.Explanation;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import io.athena.dhcpd.dhcp.wire.RelayAgentInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The messages to explain, in their order. */
interface Messages {

    /** Explains one after the other. @throws IOException when the next one cannot be read */
    void forEach(Explainer explainer, Consumer<Explanation> told) throws IOException;

    /** What there is to say at the end. */
    default List<String> notes() {
        return List.of();
    }

    /** One message, of which the sender is known. */
    static Messages of(byte[] datagram, Ipv4 source, int port, String heardOn) {
        return (explainer, told) -> told.accept(explainer.explain(new Arrival(datagram, source, port, heardOn, 0)));
    }

    /** One message as bytes: a whole packet where it can be recognised as one, else the payload of UDP. */
    static Messages ofBytes(byte[] bytes, String heardOn, int serverPort, int clientPort) {
        for (int linkType : List.of(Frames.RAW_IP, Frames.ETHERNET)) {
            Datagram found = Frames.datagram(linkType, bytes);
            if (found != null && (found.targetPort() == serverPort || found.sourcePort() == clientPort)) {
                return of(found.payload(), found.source(), found.sourcePort(), heardOn);
            }
        }
        if (PacketDecoder.decode(bytes) instanceof DhcpPacket packet) {
            boolean relayed = !packet.giaddr().isAny();
            Ipv4 source = relayed ? packet.giaddr() : packet.ciaddr();
            return of(bytes, source, relayed ? RelayAgentInfo.RELAY_PORT : clientPort, heardOn);
        }
        return of(bytes, Ipv4.ANY, clientPort, heardOn);
    }

    /** What clients and relay agents send in a capture; {@code only} tells whose messages are told, null for all. */
    static Messages ofCapture(Path file, @Nullable MacAddress only, String heardOn, int serverPort) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException("--pcap " + file + " is no file that can be read");
        }
        return new CapturedMessages(file, only, heardOn, serverPort);
    }
}
