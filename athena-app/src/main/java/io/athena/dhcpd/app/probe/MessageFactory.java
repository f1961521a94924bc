package io.athena.dhcpd.app.probe;

import io.athena.dhcpd.app.cli.Bytes;
import io.athena.dhcpd.app.probe.ProbeCommand.ClientOptions;
import io.athena.dhcpd.app.probe.ProbeCommand.TargetOptions;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the messages of the client that the command line describes, as its relay agent forwards them if it has one. */
final class MessageFactory {

    private static final int CLIENT_ID = 61;
    private static final int RELAY_AGENT = 82;

    private final MacAddress mac;
    private final @Nullable Bytes clientId;
    private final @Nullable Ipv4 requestedIp;
    private final boolean broadcast;
    private final OptionSet options;
    private final int[] asked;
    private final TargetOptions target;

    /** @throws IllegalArgumentException when the MAC is none */
    MessageFactory(TargetOptions target, ClientOptions client, OptionSet options, List<Integer> asked) {
        this.target = target;
        this.mac = MacAddress.parse(client.mac);
        this.clientId = client.clientId;
        this.requestedIp = client.requestedIp;
        this.broadcast = !client.noBroadcast;
        this.options = options;
        this.asked = asked.stream().mapToInt(Integer::intValue).toArray();
    }

    MacAddress mac() {
        return mac;
    }

    /** Where a RELEASE says that the lease came from; null when the command line does not say. */
    @Nullable
    Ipv4 server() {
        return target.server;
    }

    /** The address that a DISCOVER asks for, or null. */
    @Nullable
    Ipv4 requestedIp() {
        return requestedIp;
    }

    /** A message that asks for something. */
    ClientMessage asking(MessageType type, int xid, int localPort) {
        ClientMessage message = plain(type, xid).broadcast(broadcast);
        if (asked.length > 0) {
            message.ask(asked);
        }
        options.forEach((value, code) -> message.option(code, value));
        Ipv4 relay = target.relay;
        if (relay != null) {
            message.giaddr(relay).hops(1).option(RELAY_AGENT, relayInformation(localPort));
        }
        return message;
    }

    /** A message that asks for nothing and travels without a relay agent: RELEASE. */
    ClientMessage plain(MessageType type, int xid) {
        ClientMessage message = ClientMessage.of(type, xid, mac);
        if (clientId != null) {
            message.option(CLIENT_ID, clientId.value());
        }
        return message;
    }

    /** RFC 3046 sub-options 1 and 2, RFC 3527 sub-option 5, RFC 8357 sub-option 19. */
    private byte[] relayInformation(int localPort) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        subOption(out, 1, target.circuitId == null ? null : target.circuitId.value());
        subOption(out, 2, target.remoteId == null ? null : target.remoteId.value());
        subOption(out, 5, target.link == null ? null : target.link.toBytes());
        // A server answers a relay agent on the port that it listens on itself.
        subOption(out, 19, localPort == target.port ? null : new byte[0]);
        return out.size() == 0 ? new byte[] {1, 5, 'p', 'r', 'o', 'b', 'e'} : out.toByteArray();
    }

    private static void subOption(ByteArrayOutputStream out, int code, byte @Nullable [] value) {
        if (value != null) {
            out.write(code);
            out.write(value.length);
            out.writeBytes(value);
        }
    }
}
