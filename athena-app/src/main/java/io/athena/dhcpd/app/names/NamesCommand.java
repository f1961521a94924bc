package io.athena.dhcpd.app.names;

import io.athena.dhcpd.app.control.RunningServer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** How names in DNS fare, and a comparison of them with the leases. */
@Command(
        name = "names",
        mixinStandardHelpOptions = true,
        subcommands = {NamesStatusCommand.class, NamesListCommand.class, NamesReconcileCommand.class},
        description =
                "Shows how the names that the running server puts into DNS fare, and compares them with its leases.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:the server does not run, puts no names into DNS, or the comparison found what it does not repair",
            "2:the command line is wrong"
        })
public final class NamesCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            defaultValue = "/etc/athena-dhcpd/config.toml",
            description = "The server's configuration, which says where its socket is. Default: ${DEFAULT-VALUE}")
    private Path config = Path.of("");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Say what to do: status, list or reconcile.");
    }

    RunningServer server() {
        return new RunningServer(config);
    }
}
