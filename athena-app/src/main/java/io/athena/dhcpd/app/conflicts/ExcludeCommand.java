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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Takes an address out of allocation. */
@Command(
        name = "exclude",
        mixinStandardHelpOptions = true,
        description = {
            "Takes an address out of allocation until 'include' undoes it; your user name is kept with the reason.",
            "Whoever leases it now is sent away when it asks to extend. A new reason replaces the old."
        })
final class ExcludeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "IP", converter = AddressTexts.Ip.class, description = "The address.")
    private Ipv4 ip = Ipv4.ANY;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why, for whoever finds it later: one line of at most 200 characters.")
    private String reason = "";

    @ParentCommand
    private @Nullable ConflictsCommand conflicts;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        Objects.requireNonNull(conflicts)
                .change()
                .make(new ControlRequest.Exclude(ip.toString(), reason), store -> store.exclude(ip, reason));
        spec.commandLine().getOut().println(ip + " is excluded.");
        return ExitCode.OK;
    }
}
