package io.athena.dhcpd.app.conflicts;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.cli.AddressTexts;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that changes what is known of one address, by the running server or in the store. */
abstract class AddressCommand implements Callable<Integer> {

    @Parameters(paramLabel = "IP", converter = AddressTexts.Ip.class, description = "The address.")
    private Ipv4 ip = Ipv4.ANY;

    @ParentCommand
    private @Nullable ConflictsCommand conflicts;

    @Spec
    private CommandSpec spec;

    /** Makes the change. */
    abstract void change(ConflictChange how, Ipv4 address) throws CommandFailure, InterruptedException;

    /** What to say when it is made. */
    abstract String done(Ipv4 address);

    @Override
    public final Integer call() throws CommandFailure, InterruptedException {
        change(Objects.requireNonNull(conflicts).change(), ip);
        spec.commandLine().getOut().println(done(ip));
        return ExitCode.OK;
    }
}
