package io.athena.dhcpd.app.history;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.cli.AddressTexts;
import io.athena.dhcpd.app.cli.Bytes;
import io.athena.dhcpd.app.control.ConfigOption;
import io.athena.dhcpd.app.control.ControlReply;
import io.athena.dhcpd.app.control.HistoryRow;
import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.HistoryConfig;
import io.athena.dhcpd.events.history.HistoryQuery;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says who had which address when. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = {
            "Says who had which address when: asks the running server through its control socket, or reads the store while"
                    + " none runs. The newest comes first.",
            "Times are ISO 8601, UTC where no zone stands in them (2026-11-21T18:30, 2026-11-21T19:30+01:00), or epoch"
                    + " seconds."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done, also when nothing was found",
            "1:no history is kept, the configuration has errors, or the server could not be asked",
            "2:the command line is wrong",
            "3:the lease store cannot be read"
        })
public final class HistoryCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--ip",
            paramLabel = "ADDRESS",
            converter = AddressTexts.Ip.class,
            description = "What happened to this address.")
    private @Nullable Ipv4 ip;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = TimeText.class,
            description = "With --ip: who had it at this time.")
    private @Nullable Instant at;

    @Option(
            names = "--mac",
            paramLabel = "MAC",
            converter = AddressTexts.Mac.class,
            description = "What happened to clients of this hardware address, in any spelling.")
    private @Nullable MacAddress mac;

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            converter = Identifier.class,
            description = "What happened to the client of this identifier: text, 01:aa:bb:..., or 0x and hex.")
    private @Nullable Bytes clientId;

    @Option(names = "--since", paramLabel = "TIME", converter = TimeText.class, description = "Not before this time.")
    private @Nullable Instant since;

    @Option(names = "--until", paramLabel = "TIME", converter = TimeText.class, description = "Not after this time.")
    private @Nullable Instant until;

    @Option(names = "--limit", paramLabel = "NUMBER", description = "How many at most, the newest ones. Default: all")
    private long limit = Long.MAX_VALUE;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}. JSON is an object a line.")
    private HistoryPrinter.Format format = HistoryPrinter.Format.TABLE;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter notes = spec.commandLine().getErr();
        AthenaConfig read = config.read();
        long now = TimeSource.system().epochSeconds();
        HistorySource source = new HistorySource(
                read.server(), read.section(HistoryConfig.class).enabled(), notes, now);
        HistoryPrinter printer = HistoryPrinter.of(format, out);
        if (at != null) {
            printHolder(source, printer, at.getEpochSecond(), now);
        } else {
            printEntries(source, printer);
        }
        out.flush();
        return ExitCode.OK;
    }

    private void printHolder(HistorySource source, HistoryPrinter printer, long time, long now) throws CommandFailure {
        if (ip == null) {
            throw new ParameterException(spec.commandLine(), "--at asks about one address: name it with --ip.");
        }
        if (mac != null || clientId != null || since != null || until != null) {
            throw new ParameterException(spec.commandLine(), "--at goes with --ip alone.");
        }
        if (time > now) {
            throw new ParameterException(
                    spec.commandLine(), "--at is " + Instant.ofEpochSecond(time) + ", and that is yet to come.");
        }
        ControlReply.HistoryAnswer answer = source.at(ip, time);
        HistoryRow row = answer.entry();
        if (row != null) {
            printer.print(row);
        } else {
            printer.nothing(
                    nobody(answer, Instant.ofEpochSecond(time)),
                    spec.commandLine().getErr());
        }
    }

    private String nobody(ControlReply.HistoryAnswer answer, Instant time) {
        Instant known = Instant.ofEpochSecond(answer.since());
        return switch (answer.verdict()) {
            case "nobody" -> "Nobody had " + ip + " at " + time + ".";
            case "off" -> "Who had " + ip + " at " + time + " is not known: the history was off from " + known + " on.";
            default ->
                "Who had " + ip + " at " + time + " is not known: that is before the history begins"
                        + (answer.since() == 0 ? "." : " at " + known + ".");
        };
    }

    private void printEntries(HistorySource source, HistoryPrinter printer) throws CommandFailure {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit is at least 1.");
        }
        HistoryQuery query = new HistoryQuery(
                ip,
                mac,
                clientId == null ? null : clientId.value(),
                since == null ? 0 : since.getEpochSecond(),
                until == null ? Long.MAX_VALUE : until.getEpochSecond());
        long[] printed = {0};
        long reach = source.forEach(query, limit, row -> {
            printed[0]++;
            printer.print(row);
        });
        if (printed[0] == 0) {
            printer.nothing(
                    reach == 0
                            ? "Nothing is known yet: the history is only beginning."
                            : "Nothing is known of that since the history begins at " + Instant.ofEpochSecond(reach)
                                    + ".",
                    spec.commandLine().getErr());
        }
    }

    private static final class Identifier implements ITypeConverter<Bytes> {
        @Override
        public Bytes convert(String text) {
            return AddressTexts.converted(() -> new Bytes(HexText.parseIdentifier(text)));
        }
    }
}
