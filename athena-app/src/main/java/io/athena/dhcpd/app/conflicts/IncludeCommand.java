package io.athena.dhcpd.app.conflicts;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.cli.AddressTexts;
import io.athena.dhcpd.app.control.ControlRequest;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Undoes an exclusion. */
@Command(
        name = "include",
        mixinStandardHelpOptions = true,
        description = "Undoes an exclusion. A conflict of the address, if there is one, withholds it still.")
final class IncludeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "IP", converter = AddressTexts.Ip.class, description = "The address.")
    private Ipv4 ip = Ipv4.ANY;

    @ParentCommand
    private @Nullable ConflictsCommand conflicts;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        Objects.requireNonNull(conflicts)
                .change()
                .make(new ControlRequest.Include(ip.toString()), store -> store.include(ip));
        spec.commandLine().getOut().println(ip + " is included again.");
        return ExitCode.OK;
    }
}
