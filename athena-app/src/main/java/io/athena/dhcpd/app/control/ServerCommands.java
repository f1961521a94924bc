package io.athena.dhcpd.app.control;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** A group of sub-commands that all ask the running server. */
public abstract class ServerCommands implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            defaultValue = "/etc/athena-dhcpd/config.toml",
            description = "The server's configuration, which says where its socket is. Default: ${DEFAULT-VALUE}")
    private Path config = Path.of("");

    @Spec
    private CommandSpec spec;

    /** The group alone says nothing to be done. */
    @Override
    public Integer call() {
        List<String> verbs = new ArrayList<>(spec.subcommands().keySet());
        String last = verbs.remove(verbs.size() - 1);
        throw new ParameterException(
                spec.commandLine(), "Say what to do: " + String.join(", ", verbs) + " or " + last + ".");
    }

    /** The server of the configuration. */
    public RunningServer server() {
        return new RunningServer(config);
    }
}
