package io.athena.dhcpd.app.conflicts;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.cli.AddressTexts;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Lists conflicts and exclusions. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the addresses that are withheld because somebody else uses them, and those that are excluded.",
            "Filters may be combined. Without a server the store is read and not a byte written."
        })
final class ListCommand implements Callable<Integer> {

    @Option(names = "--all", description = "Conflicts that are over too, as long as their count is remembered.")
    private boolean all;

    @Option(
            names = "--counts",
            description = "How many, by subnet and by hardware address, instead of each; those that are over count.")
    private boolean counts;

    @Option(
            names = "--subnet",
            paramLabel = "CIDR",
            converter = AddressTexts.Prefix.class,
            description = "Addresses in this prefix.")
    private @Nullable Cidr subnet;

    @Option(
            names = "--mac",
            paramLabel = "MAC",
            converter = AddressTexts.Mac.class,
            description = "Conflicts with this hardware address, in any spelling: who answered, or who declined.")
    private @Nullable MacAddress mac;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @ParentCommand
    private @Nullable ConflictsCommand conflicts;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        ConflictFilter filter = new ConflictFilter(subnet, mac, all || counts);
        ConflictSource source = new ConflictSource(
                Objects.requireNonNull(conflicts).config(),
                spec.commandLine().getErr(),
                TimeSource.system().epochSeconds());
        List<ConflictRow> rows = source.read().stream().filter(filter::passes).toList();
        ConflictPrinter printer = new ConflictPrinter(spec.commandLine().getOut(), json);
        if (counts) {
            printer.totals(ConflictTotals.of(rows));
        } else {
            printer.rows(rows);
        }
        return ExitCode.OK;
    }
}
