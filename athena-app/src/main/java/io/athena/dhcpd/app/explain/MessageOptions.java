package io.athena.dhcpd.app.explain;

import io.athena.dhcpd.app.cli.Bytes;
import io.athena.dhcpd.app.probe.Converters;
import io.athena.dhcpd.app.probe.OptionArguments;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.VpnId;
import io.athena.dhcpd.core.option.OptionRegistry;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A message as the command line describes it. */
final class MessageOptions {

    private static final Set<MessageType> OF_CLIENTS = Set.of(
            MessageType.DISCOVER,
            MessageType.REQUEST,
            MessageType.DECLINE,
            MessageType.RELEASE,
            MessageType.INFORM,
            MessageType.BOOTP);
    private static final int RELAY_AGENT = 82;
    private static final byte[] NOTHING = {};
    private static final int XID = 0x65787031;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            defaultValue = "discover",
            description = {"discover, request, inform, release, decline or bootp; ${DEFAULT-VALUE} unless given"})
    private MessageType type = MessageType.DISCOVER;

    @Option(names = "--mac", paramLabel = "MAC", description = "the client's hardware address")
    private @Nullable String mac;

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            description = "client identifier (option 61): text, 01:aa:bb:..., or 0x and hex")
    private @Nullable String clientId;

    @Option(
            names = "--ciaddr",
            paramLabel = "ADDRESS",
            converter = Converters.Address.class,
            description = {"the address that the client has"})
    private @Nullable Ipv4 ciaddr;

    @Option(
            names = "--requested-ip",
            paramLabel = "ADDRESS",
            converter = Converters.Address.class,
            description = {"the address that it asks for (option 50)"})
    private @Nullable Ipv4 requestedIp;

    @Option(
            names = "--server-id",
            paramLabel = "ADDRESS",
            converter = Converters.Address.class,
            description = {"the server that it chose (option 54)"})
    private @Nullable Ipv4 serverId;

    @Option(
            names = "--giaddr",
            paramLabel = "ADDRESS",
            converter = Converters.Address.class,
            description = {"the relay agent that it comes through"})
    private @Nullable Ipv4 giaddr;

    @Option(
            names = "--circuit-id",
            paramLabel = "ID",
            converter = Converters.Binary.class,
            description = {"option 82, sub-option 1: text, or 0x and hex"})
    private @Nullable Bytes circuitId;

    @Option(
            names = "--remote-id",
            paramLabel = "ID",
            converter = Converters.Binary.class,
            description = {"option 82, sub-option 2"})
    private @Nullable Bytes remoteId;

    @Option(
            names = "--subscriber-id",
            paramLabel = "ID",
            converter = Converters.Binary.class,
            description = {"option 82, sub-option 6"})
    private @Nullable Bytes subscriberId;

    @Option(
            names = "--relay-id",
            paramLabel = "ID",
            converter = Converters.Binary.class,
            description = {"option 82, sub-option 12"})
    private @Nullable Bytes relayId;

    @Option(
            names = "--vss",
            paramLabel = "NETWORK",
            description = {"option 82, sub-option 151: the virtual network by name, or 0x and 14 hex digits"})
    private @Nullable String vss;

    @Option(
            names = "--link-selection",
            paramLabel = "ADDRESS",
            converter = Converters.Address.class,
            description = {"option 82, sub-option 5: an address of the client's network"})
    private @Nullable Ipv4 linkSelection;

    @Option(
            names = "--subnet-selection",
            paramLabel = "ADDRESS",
            converter = Converters.Address.class,
            description = {"option 118"})
    private @Nullable Ipv4 subnetSelection;

    @Option(
            names = "--vendor-class",
            paramLabel = "TEXT",
            converter = Converters.Binary.class,
            description = {"option 60"})
    private @Nullable Bytes vendorClass;

    @Option(
            names = "--user-class",
            paramLabel = "TEXT",
            converter = Converters.Binary.class,
            description = {"option 77"})
    private @Nullable Bytes userClass;

    @Option(names = "--arch", paramLabel = "NUMBER", description = "option 93, such as 7 for UEFI on x86-64")
    private @Nullable Integer architecture;

    @Option(names = "--rapid-commit", description = "option 80: the client wants its lease at once")
    private boolean rapidCommit;

    @Option(names = "--hostname", paramLabel = "NAME", description = "option 12")
    private @Nullable String hostname;

    @Option(
            names = "--ask",
            split = ",",
            paramLabel = "NAME",
            description = {"option 55, keys of the configuration or codes with commas; everything unless given"})
    private @Nullable List<String> ask;

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description = {"any other option: a key of the configuration or a code; may be repeated"})
    private List<String> options = List.of();

    @Option(names = "--broadcast", description = "the client asks for replies by broadcast")
    private boolean broadcast;

    /** The hardware address, or null when none was given. @throws IllegalArgumentException when it is none */
    @Nullable
    MacAddress mac() {
        return mac == null ? null : MacAddress.parse(mac);
    }

    /** Whether the message can be made: without an identity it says nothing. */
    boolean isDescribed() {
        return mac != null || clientId != null;
    }

    /** Where it comes from: the relay agent, the client's own address, or nowhere. */
    Ipv4 source() {
        if (giaddr != null) {
            return giaddr;
        }
        return ciaddr == null ? Ipv4.ANY : ciaddr;
    }

    boolean isRelayed() {
        return giaddr != null;
    }

    /** The bytes of the message. @throws IllegalArgumentException when an argument is wrong, saying which and why */
    byte[] toBytes(OptionRegistry registry) {
        if (!OF_CLIENTS.contains(type)) {
            throw new IllegalArgumentException("--type " + type.tag() + " is nothing that clients send");
        }
        ClientMessage message = ClientMessage.of(type, XID, mac()).broadcast(broadcast);
        if (ciaddr != null) {
            message.ciaddr(ciaddr);
        }
        OptionArguments.values(registry, options).forEach((value, code) -> message.option(code, value));
        address(message, 50, requestedIp);
        address(message, 54, serverId);
        address(message, 118, subnetSelection);
        bytes(message, 12, hostname == null ? null : hostname.getBytes(StandardCharsets.UTF_8));
        bytes(message, 60, vendorClass == null ? null : vendorClass.value());
        bytes(message, 61, clientId == null ? null : HexText.parseIdentifier(clientId));
        bytes(message, 80, rapidCommit ? NOTHING : null);
        bytes(message, 77, userClass == null ? null : userClass.value());
        bytes(message, 93, architecture == null ? null : number(architecture));
        if (ask != null) {
            message.ask(OptionArguments.codes(registry, ask).stream()
                    .mapToInt(Integer::intValue)
                    .toArray());
        }
        relayed(message);
        return message.toBytes();
    }

    private void relayed(ClientMessage message) {
        ByteArrayOutputStream option82 = new ByteArrayOutputStream();
        subOption(option82, 1, circuitId == null ? null : circuitId.value());
        subOption(option82, 2, remoteId == null ? null : remoteId.value());
        subOption(option82, 5, linkSelection == null ? null : linkSelection.toBytes());
        subOption(option82, 6, subscriberId == null ? null : subscriberId.value());
        subOption(option82, 12, relayId == null ? null : relayId.value());
        if (vss != null) {
            // RFC 6607 section 7.1: 152 comes along, and stays away from the answer where the network is served.
            subOption(option82, 151, VpnId.parse(vss).bytes().getBytes(StandardCharsets.ISO_8859_1));
            subOption(option82, 152, NOTHING);
        }
        bytes(message, RELAY_AGENT, option82.size() == 0 ? null : option82.toByteArray());
        if (giaddr != null) {
            message.giaddr(giaddr).hops(1);
        } else if (linkSelection != null) {
            throw new IllegalArgumentException("--link-selection is what a relay agent says: add --giaddr");
        } else if (vss != null) {
            throw new IllegalArgumentException("--vss is what a relay agent says: add --giaddr");
        }
    }

    private static byte[] number(int architecture) {
        if (architecture < 0 || architecture > 0xffff) {
            throw new IllegalArgumentException("--arch is 0 to 65535");
        }
        return new byte[] {(byte) (architecture >> Byte.SIZE), (byte) architecture};
    }

    private static void address(ClientMessage message, int code, @Nullable Ipv4 value) {
        bytes(message, code, value == null ? null : value.toBytes());
    }

    private static void bytes(ClientMessage message, int code, byte @Nullable [] value) {
        if (value != null) {
            message.option(code, value);
        }
    }

    private static void subOption(ByteArrayOutputStream out, int code, byte @Nullable [] value) {
        if (value != null) {
            if (value.length > 255) {
                throw new IllegalArgumentException("a sub-option of option 82 has at most 255 bytes");
            }
            out.write(code);
            out.write(value.length);
            out.writeBytes(value);
        }
    }
}
