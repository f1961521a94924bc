package io.athena.dhcpd.app.events;

import io.athena.dhcpd.app.control.RunningServer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** How hooks fare, and a way to try them. */
@Command(
        name = "hooks",
        mixinStandardHelpOptions = true,
        subcommands = {HooksListCommand.class, HooksTestCommand.class},
        description = "Shows how the hooks of the running server fare, and tries them.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:the server does not run, or has no such hook", "2:the command line is wrong"})
public final class HooksCommand implements Callable<Integer> {

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
        throw new ParameterException(spec.commandLine(), "Say what to do: list or test.");
    }

    RunningServer server() {
        return new RunningServer(config);
    }
}
