package io.athena.dhcpd.app.probe;

import io.athena.dhcpd.app.cli.Bytes;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionRegistry;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.time.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A DHCP test client: sends what a client or relay agent would and prints every option of what comes back. */
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Asks a DHCP server as a client would and prints every option of its replies by name. Unless an action is"
                    + " named it takes a lease: DISCOVER, OFFER, REQUEST, ACK. The lease stays; --release gives it"
                    + " back.",
            "%nExamples:",
            "  probe --interface eth0 --discover-only",
            "  probe --server 10.0.0.1 --relay 10.20.0.1 --option vendor_class=PXEClient",
            "  probe --server 10.0.0.1 --relay 10.20.0.1 --release 10.20.0.100",
            "%nPort 68, and port 67 of a relay, need root or CAP_NET_BIND_SERVICE. Without them --relay takes any"
                    + " free port and tells the server so (RFC 8357).%n"
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the answer that was asked for came (--release: the message was sent)",
            "1:the message could not be sent",
            "2:the command line is wrong",
            "5:no answer came in time",
            "6:the server refused with a NAK"
        })
public final class ProbeCommand implements Callable<Integer> {

    private static final List<Integer> USUAL_REQUESTS = List.of(1, 3, 6, 15, 28, 42, 51, 54, 58, 59);

    @Mixin
    private final TargetOptions target = new TargetOptions();

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @ArgGroup(heading = "%nActions, at most one:%n")
    private final Actions actions = new Actions();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = {"waits this long for each answer, ${DEFAULT-VALUE} unless given"})
    private int timeout;

    @Option(
            names = "--tries",
            paramLabel = "N",
            defaultValue = "3",
            description = {"sends each message this often at most, ${DEFAULT-VALUE} unless given"})
    private int tries;

    @Option(names = "--json", description = "prints the replies as one JSON array")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** Who is asked, and from where. */
    static final class TargetOptions {
        @Option(
                names = {"-i", "--interface"},
                paramLabel = "NAME",
                description = "broadcasts on this interface")
        @Nullable
        String networkInterface;

        @Option(
                names = {"-s", "--server"},
                paramLabel = "ADDRESS",
                converter = Converters.Address.class,
                description = {"sends to this server only"})
        @Nullable
        Ipv4 server;

        @Option(
                names = "--port",
                defaultValue = "67",
                paramLabel = "PORT",
                description = {"the server's port, ${DEFAULT-VALUE} unless given"})
        int port;

        @Option(
                names = "--client-port",
                paramLabel = "PORT",
                description = {"the port to send from and hear replies on: 68 unless given, with --relay 67, 0 for any"
                })
        @Nullable
        Integer clientPort;

        @Option(
                names = "--relay",
                paramLabel = "GIADDR",
                converter = Converters.Address.class,
                description = {"plays a relay agent with this address, which must be one of this machine"})
        @Nullable
        Ipv4 relay;

        @Option(
                names = "--link",
                paramLabel = "ADDRESS",
                converter = Converters.Address.class,
                description = {"with --relay: an address of the clients' network (RFC 3527)"})
        @Nullable
        Ipv4 link;

        @Option(
                names = "--circuit-id",
                paramLabel = "ID",
                converter = Converters.Binary.class,
                description = {"with --relay: the circuit id, as text or as 0x and hex"})
        @Nullable
        Bytes circuitId;

        @Option(
                names = "--remote-id",
                paramLabel = "ID",
                converter = Converters.Binary.class,
                description = {"with --relay: the remote id"})
        @Nullable
        Bytes remoteId;
    }

    /** Who asks, and what for. */
    static final class ClientOptions {
        @Option(
                names = "--mac",
                paramLabel = "MAC",
                defaultValue = "02:61:74:68:00:01",
                description = {"the client's hardware address, ${DEFAULT-VALUE} unless given"})
        String mac = "";

        @Option(
                names = "--client-id",
                paramLabel = "ID",
                converter = Converters.Binary.class,
                description = {"client identifier (option 61), as text or as 0x and hex"})
        @Nullable
        Bytes clientId;

        @Option(
                names = "--requested-ip",
                paramLabel = "ADDRESS",
                converter = Converters.Address.class,
                description = {"asks for this address in the DISCOVER (option 50)"})
        @Nullable
        Ipv4 requestedIp;

        @Option(
                names = "--option",
                paramLabel = "NAME=VALUE",
                description = {
                    "sends an option: a key of the configuration or a code, lists with commas; may be repeated"
                })
        List<String> options = List.of();

        @Option(
                names = "--request-list",
                split = ",",
                paramLabel = "NAME",
                description = {"what to ask for (option 55), keys or codes with commas; 'none' leaves it out"})
        @Nullable
        List<String> requestList;

        @Option(names = "--no-broadcast", description = "leaves the broadcast flag clear")
        boolean noBroadcast;
    }

    /** What to do. */
    static final class Actions {
        @Option(names = "--discover-only", description = "sends a DISCOVER and takes no lease")
        boolean discoverOnly;

        @Option(
                names = "--renew",
                paramLabel = "ADDRESS",
                converter = Converters.Address.class,
                description = {"extends the lease of this address"})
        @Nullable
        Ipv4 renew;

        @Option(
                names = "--reboot",
                paramLabel = "ADDRESS",
                converter = Converters.Address.class,
                description = {"asks to keep this address, as a client that starts again"})
        @Nullable
        Ipv4 reboot;

        @Option(
                names = "--release",
                paramLabel = "ADDRESS",
                converter = Converters.Address.class,
                description = {"gives this address back"})
        @Nullable
        Ipv4 release;

        @Option(
                names = "--inform",
                paramLabel = "ADDRESS",
                converter = Converters.Address.class,
                description = {"asks for options only, as a client that has this address"})
        @Nullable
        Ipv4 inform;

        @Option(
                names = "--hex",
                paramLabel = "BYTES",
                converter = Converters.Hex.class,
                description = {"sends these bytes as they are and prints what comes back"})
        @Nullable
        Bytes hex;

        private Action chosen() {
            if (discoverOnly) {
                return new Action.Discover();
            } else if (renew != null) {
                return new Action.Renew(renew);
            } else if (reboot != null) {
                return new Action.Reboot(reboot);
            } else if (release != null) {
                return new Action.Release(release);
            } else if (inform != null) {
                return new Action.Inform(inform);
            }
            return hex != null ? new Action.Raw(hex.value()) : new Action.Acquire();
        }
    }

    @Override
    public Integer call() {
        OptionRegistry registry = StandardOptions.registry();
        MessageFactory messages = messages(registry);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Report report = json ? new JsonReport(registry, out) : new TextReport(registry, out);
        Outcome outcome = Outcome.UNSENT;
        try (ProbeSocket socket = ProbeSocket.open(target, TimeSource.system())) {
            outcome = new Exchange(socket, messages, report, timeout, tries).run(actions.chosen());
        } catch (IOException e) {
            err.println("probe: " + e.getMessage());
        }
        report.end();
        if (outcome == Outcome.NO_ANSWER) {
            err.printf("probe: no answer; asked %d times and waited %d s each%n", tries, timeout);
        }
        return outcome.exitCode();
    }

    /** Everything that the command line can have wrong is found here, before a packet leaves. */
    private MessageFactory messages(OptionRegistry registry) {
        if (target.networkInterface == null && target.server == null) {
            throw wrong("Say whom to ask: --interface NAME to broadcast, or --server ADDRESS.");
        }
        if (target.relay == null && (target.link != null || target.circuitId != null || target.remoteId != null)) {
            throw wrong("--link, --circuit-id and --remote-id are what a relay agent says: add --relay GIADDR.");
        }
        if (timeout < 1 || tries < 1) {
            throw wrong("--timeout and --tries are at least 1.");
        }
        try {
            List<Integer> asked =
                    client.requestList == null ? USUAL_REQUESTS : OptionArguments.codes(registry, client.requestList);
            return new MessageFactory(target, client, OptionArguments.values(registry, client.options), asked);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private ParameterException wrong(@Nullable String text) {
        return new ParameterException(spec.commandLine(), text == null ? "The command line is wrong." : text);
    }
}
