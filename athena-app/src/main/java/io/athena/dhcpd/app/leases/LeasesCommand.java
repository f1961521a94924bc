package io.athena.dhcpd.app.leases;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.cli.AddressTexts;
import io.athena.dhcpd.app.control.ConfigOption;
import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists leases. */
@Command(
        name = "leases",
        mixinStandardHelpOptions = true,
        subcommands = ImportCommand.class,
        description = {
            "Lists leases: from the running server through its control socket, or from the store while none runs.",
            "Filters may be combined."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done, also when no lease was found",
            "1:the configuration has errors, or the server could not be asked",
            "2:the command line is wrong",
            "3:the lease store cannot be read"
        })
public final class LeasesCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--ip",
            paramLabel = "ADDRESS",
            converter = AddressTexts.Ip.class,
            description = "The lease of this address.")
    private @Nullable Ipv4 ip;

    @Option(
            names = "--subnet",
            paramLabel = "CIDR",
            converter = AddressTexts.Prefix.class,
            description = "Leases in this prefix.")
    private @Nullable Cidr subnet;

    @Option(
            names = "--mac",
            paramLabel = "MAC",
            converter = AddressTexts.Mac.class,
            description = "Leases of this hardware address, in any spelling.")
    private @Nullable MacAddress mac;

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            converter = ClientIdText.class,
            description = "Leases of this client identifier: text, 01:aa:bb:..., or 0x and hex.")
    private @Nullable ClientKey clientId;

    @Option(
            names = "--hostname",
            paramLabel = "TEXT",
            description = "Leases whose host name or DNS name contains this.")
    private @Nullable String hostname;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            description = "Leases in these states: ${COMPLETION-CANDIDATES}.")
    private List<LeaseState> states = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}. CSV can be imported again.")
    private LeasePrinter.Format format = LeasePrinter.Format.TABLE;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        LeaseFilter filter = new LeaseFilter(ip, subnet, mac, clientId, hostname, states);
        LeaseSource source = new LeaseSource(
                config().server(),
                spec.commandLine().getErr(),
                TimeSource.system().epochSeconds());
        LeasePrinter printer = LeasePrinter.of(format, spec.commandLine().getOut());
        source.forEach(ip, lease -> {
            if (filter.passes(lease)) {
                printer.print(lease);
            }
        });
        printer.end();
        return ExitCode.OK;
    }

    /** The configuration that the option names. */
    AthenaConfig config() throws CommandFailure {
        return config.read();
    }

    private static final class ClientIdText implements ITypeConverter<ClientKey> {
        @Override
        public ClientKey convert(String text) {
            return AddressTexts.converted(() -> ClientKey.ofClientId(HexText.parseIdentifier(text)));
        }
    }
}
