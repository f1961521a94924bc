package io.athena.dhcpd.app.control;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ConfigSections;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.ConfigLines;
import io.athena.dhcpd.core.config.ConfigResult;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The option {@code --config} of every command that looks for the server or its store; sub-commands inherit it. */
public final class ConfigOption {

    /**
     * A configuration without errors.
     *
     * @param config what it says
     * @param lines where it says so
     */
    public record Loaded(AthenaConfig config, ConfigLines lines) {}

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            defaultValue = "/etc/athena-dhcpd/config.toml",
            description =
                    "The server's configuration, which says where store and socket are. Default: ${DEFAULT-VALUE}")
    private Path file = Path.of("");

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** The file that was named. */
    public Path file() {
        return file;
    }

    /**
     * The configuration in the file.
     *
     * @throws CommandFailure when it has errors, which are printed first
     */
    public Loaded load() throws CommandFailure {
        ConfigResult result = ConfigSections.load(file);
        AthenaConfig config = result.config();
        ConfigLines lines = result.lines();
        if (config != null && lines != null) {
            return new Loaded(config, lines);
        }
        if (command != null) {
            result.errors().forEach(error -> command.commandLine().getErr().println("error: " + error));
        }
        throw new CommandFailure(ExitCode.FAILED, file + " cannot be used. See 'check'.");
    }

    /** What the file says. @throws CommandFailure when it has errors, which are printed first */
    public AthenaConfig read() throws CommandFailure {
        return load().config();
    }

    /** The server that runs with the file. */
    public RunningServer server() {
        return new RunningServer(this);
    }
}
