package io.athena.dhcpd.app;

import io.athena.dhcpd.app.cli.CheckCommand;
import io.athena.dhcpd.app.cli.HashPasswordCommand;
import io.athena.dhcpd.app.cli.StatusCommand;
import io.athena.dhcpd.app.cli.VersionCommand;
import io.athena.dhcpd.app.conflicts.ConflictsCommand;
import io.athena.dhcpd.app.events.EventsCommand;
import io.athena.dhcpd.app.events.HooksCommand;
import io.athena.dhcpd.app.explain.ExplainCommand;
import io.athena.dhcpd.app.history.HistoryCommand;
import io.athena.dhcpd.app.leases.LeasesCommand;
import io.athena.dhcpd.app.migrate.MigrateCommand;
import io.athena.dhcpd.app.names.NamesCommand;
import io.athena.dhcpd.app.probe.ProbeCommand;
import io.athena.dhcpd.app.serve.Server;
import io.athena.dhcpd.core.time.TimeSource;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. With {@code --config} it serves until it is told to stop; sub-commands do one thing and end. */
@Command(
        name = "athena-dhcpd",
        mixinStandardHelpOptions = true,
        versionProvider = AthenaDhcpd.Stamp.class,
        subcommands = {
            CheckCommand.class,
            MigrateCommand.class,
            LeasesCommand.class,
            ConflictsCommand.class,
            EventsCommand.class,
            HooksCommand.class,
            HistoryCommand.class,
            NamesCommand.class,
            StatusCommand.class,
            ExplainCommand.class,
            ProbeCommand.class,
            HashPasswordCommand.class,
            VersionCommand.class
        },
        description =
                "A DHCPv4 server. With --config it serves in the foreground; SIGHUP reloads the file, SIGTERM stops.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done; the server was asked to stop and stopped cleanly",
            "1:the configuration has problems, or the command failed",
            "2:the command line is wrong",
            "3:the lease store cannot be opened",
            "4:the configuration asks for a role that this release refuses to serve in"
        })
public final class AthenaDhcpd implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", description = "Serves with this configuration.")
    private @Nullable Path config;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.setProperty("java.net.preferIPv4Stack", "true");
        System.exit(commandLine().execute(args));
    }

    /** The command line with everything that is the same for all sub-commands. */
    static CommandLine commandLine() {
        return new CommandLine(new AthenaDhcpd())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(AthenaDhcpd::failed);
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (failure instanceof CommandFailure expected) {
            command.getErr().println(expected.getMessage());
            return expected.exitCode();
        }
        throw failure;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        if (config == null) {
            throw new ParameterException(
                    spec.commandLine(), "Nothing to do: name a configuration with --config FILE, or a sub-command.");
        }
        return new Server(config, TimeSource.system()).run();
    }

    /** What {@code --version} prints. */
    static final class Stamp implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"athena-dhcpd " + Version.current()};
        }
    }
}
