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

/** Ends a conflict by hand. */
@Command(
        name = "clear",
        mixinStandardHelpOptions = true,
        description = {
            "Ends the conflict of an address, permanent or not, and forgets how often it had one.",
            "The address may be given again once a probe of it stays unanswered."
        })
final class ClearCommand implements Callable<Integer> {

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
                .make(new ControlRequest.ClearConflict(ip.toString()), store -> store.clear(ip));
        spec.commandLine().getOut().println("The conflict of " + ip + " is cleared.");
        return ExitCode.OK;
    }
}
