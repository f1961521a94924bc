package io.athena.dhcpd.app.control;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A group of sub-commands that all ask the running server. */
public abstract class ServerCommands implements Callable<Integer> {

    @Mixin
    private final ConfigOption config = new ConfigOption();

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
        return config.server();
    }
}
