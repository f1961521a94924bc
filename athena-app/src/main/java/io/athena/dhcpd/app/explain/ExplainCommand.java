package io.athena.dhcpd.app.explain;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ConfigSections;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.control.ConfigOption;
import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.ConfigLines;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.name.NameHolders;
import io.athena.dhcpd.ddns.name.NameRules;
import io.athena.dhcpd.ddns.name.NamedLeases;
import io.athena.dhcpd.dhcp.explain.Explainer;
import io.athena.dhcpd.dhcp.explain.Explanation;
import io.athena.dhcpd.dhcp.explain.Scene;
import io.athena.dhcpd.dhcp.wire.RelayAgentInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells what the server would do with a message, and why; changes nothing. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Tells step by step what the server would do with a message: which link and subnet, which classes,"
                    + " reservation, pool and address, and each option of the reply with the line of the"
                    + " configuration that sets it. The message goes the server's own way, but nothing is sent and"
                    + " nothing is written. Leases are those of the running server, or of its store while none runs;"
                    + " rate limits are left aside.",
            "%nExamples:",
            "  explain --config my.toml --mac aa:bb:cc:dd:ee:ff --giaddr 10.20.0.1 --circuit-id eth0/1/5",
            "  explain --config my.toml --mac aa:bb:cc:dd:ee:ff --vendor-class PXEClient --ask routers,bootfile",
            "  explain --config my.toml --mac aa:bb:cc:dd:ee:ff --rapid-commit --giaddr 10.20.0.1 --vss red",
            "  explain --config my.toml --pcap trouble.pcap --mac aa:bb:cc:dd:ee:ff",
            "  tcpdump -x ... | explain --config my.toml --hex -%n"
        },
        exitCodeListHeading = "%nExit status, of the last message where there are several:%n",
        exitCodeList = {
            "0:an answer would be sent, be it an OFFER without an address, or the message is one that gets none"
                    + " (RELEASE, DECLINE)",
            "1:the configuration has problems, or the messages cannot be read",
            "2:the command line is wrong",
            "3:the lease store cannot be read",
            "5:no answer would be sent",
            "6:a NAK would be sent"
        })
public final class ExplainCommand implements Callable<Integer> {

    /** The same as the statuses of {@code probe}. */
    private static final int NO_ANSWER = 5;

    private static final int REFUSED = 6;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--pcap",
            paramLabel = "FILE",
            description = {
                "explains the clients' messages of a capture (pcap, pcapng) in order; what one changes, the next"
                        + " finds. With --mac only those of this client are told"
            })
    private @Nullable Path capture;

    @Option(
            names = "--hex",
            paramLabel = "HEX",
            description = {
                "explains these bytes: the UDP payload or a whole packet, as digits or as a dump of tcpdump -x;"
                        + " - reads them from standard input"
            })
    private @Nullable String hex;

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "NAME",
            description = {"the interface it comes by; the first of server.interface unless given"})
    private @Nullable String heardOn;

    @Option(
            names = "--interface-address",
            paramLabel = "CIDR",
            description = {
                "addresses that this interface has, such as 10.0.0.1/24, where that is not this machine's; may be"
                        + " repeated"
            })
    private List<String> interfaceAddresses = List.of();

    @Option(names = "--without-leases", description = "explains as if nobody had a lease")
    private boolean withoutLeases;

    @Option(names = "--json", description = "prints one JSON object")
    private boolean json;

    @Mixin
    private final MessageOptions message = new MessageOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        ConfigOption.Loaded read = config.load();
        AthenaConfig checked = read.config();
        ConfigLines lines = read.lines();
        int server = checked.server().port();
        try {
            Interfaces interfaces = Interfaces.of(checked.server(), heardOn, interfaceAddresses);
            Messages messages =
                    messages(interfaces.heardOn(), server, checked.server().clientPort());
            return explain(checked, lines, interfaces, messages);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "explain: " + e.getMessage(), e);
        }
    }

    private int explain(AthenaConfig checked, ConfigLines lines, Interfaces interfaces, Messages messages)
            throws CommandFailure {
        TimeSource time = TimeSource.system();
        Standing standing = withoutLeases
                ? new Standing(LiveLeases.NONE, List.of(), false, List.of("as if nobody had a lease"))
                : new StandingSource(checked, time.epochSeconds()).read();
        NameHolders holders = new NameHolders();
        NamePolicy names = NameRules.of(checked, holders, new LogBudget(time, 0));
        Scene scene = new Scene(
                checked,
                lines,
                ConfigSections.conflictRules(checked),
                interfaces.states(),
                names.isOn() ? new NamedLeases(standing.leases(), holders, time.epochSeconds()) : standing.leases(),
                standing.offers(),
                standing.clockDoubted(),
                names,
                time);
        Explainer explainer = new Explainer(scene);
        PrintWriter out = spec.commandLine().getOut();
        ExplainReport report = json ? new JsonExplainReport(out) : new TextExplainReport(out);
        standing.notes().forEach(report::note);
        interfaces.notes().forEach(report::note);
        explainer.clockAlarm().ifPresent(report::note);
        Tally tally = new Tally();
        try {
            messages.forEach(explainer, explanation -> {
                tally.last = explanation.outcome().ending();
                report.explained(explanation);
            });
        } catch (IOException e) {
            report.end();
            throw new CommandFailure(ExitCode.FAILED, capture + " cannot be read: " + e.getMessage(), e);
        }
        messages.notes().forEach(report::note);
        report.end();
        return tally.exitCode();
    }

    /** How the last message ended. */
    private static final class Tally {
        private Explanation.@Nullable Ending last;

        int exitCode() {
            if (last == null) {
                return ExitCode.FAILED;
            }
            return switch (last) {
                case ANSWERED, NOTED -> ExitCode.OK;
                case SILENT -> NO_ANSWER;
                case REFUSED -> REFUSED;
            };
        }
    }

    private Messages messages(String on, int serverPort, int clientPort) throws CommandFailure {
        if (capture != null && hex != null) {
            throw new IllegalArgumentException("--pcap and --hex are two ways to say the same: give one");
        }
        if (capture != null) {
            return Messages.ofCapture(capture, message.mac(), on, serverPort);
        }
        if (hex != null) {
            return Messages.ofBytes(HexDump.parse(hex.equals("-") ? standardInput() : hex), on, serverPort, clientPort);
        }
        if (!message.isDescribed()) {
            throw new IllegalArgumentException("say which message: --mac and what else is in it, --hex or --pcap");
        }
        int port = message.isRelayed() ? RelayAgentInfo.RELAY_PORT : clientPort;
        return Messages.of(message.toBytes(StandardOptions.registry()), message.source(), port, on);
    }

    private static String standardInput() throws CommandFailure {
        try {
            return new String(System.in.readNBytes(1 << 20), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "Standard input cannot be read: " + e.getMessage(), e);
        }
    }
}
