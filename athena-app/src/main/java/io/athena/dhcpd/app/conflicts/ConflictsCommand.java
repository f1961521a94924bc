package io.athena.dhcpd.app.conflicts;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.control.ConfigOption;
import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Addresses that somebody else uses, and those that people took out of allocation. */
@Command(
        name = "conflicts",
        mixinStandardHelpOptions = true,
        subcommands = {ListCommand.class, ClearCommand.class, ExcludeCommand.class, IncludeCommand.class},
        description = {
            "Lists and ends conflicts, and takes addresses out of allocation and back.",
            "All of it goes through the running server, or to the store while none runs."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done and, where something was changed, durable",
            "1:the configuration has errors, or the server refused or could not be asked",
            "2:the command line is wrong",
            "3:the lease store cannot be opened"
        })
public final class ConflictsCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Say what to do: list, clear, exclude or include.");
    }

    /** The configuration that the option names. */
    AthenaConfig config() throws CommandFailure {
        return config.read();
    }

    ConflictChange change() throws CommandFailure {
        return new ConflictChange(config(), TimeSource.system());
    }
}
