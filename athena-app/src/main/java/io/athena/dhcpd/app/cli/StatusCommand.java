package io.athena.dhcpd.app.cli;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ConfigSections;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.control.ControlClient;
import io.athena.dhcpd.app.control.ControlReply;
import io.athena.dhcpd.app.control.ControlRequest;
import io.athena.dhcpd.core.config.AthenaConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks the running server how it is doing. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Asks the running server how it is doing.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:it serves, can write leases, and has all its interfaces",
            "1:it does not run, or something is amiss",
            "2:the command line is wrong"
        })
public final class StatusCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "/etc/athena-dhcpd/config.toml",
            description = "The server's configuration, which says where its socket is. Default: ${DEFAULT-VALUE}")
    private Path config = Path.of("");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        AthenaConfig read = ConfigSections.load(config).config();
        if (read == null) {
            throw new CommandFailure(ExitCode.FAILED, config + " cannot be used. See 'check'.");
        }
        Path socket = read.server().controlSocket();
        try (ControlClient client = ControlClient.connect(socket)) {
            if (client == null) {
                throw new CommandFailure(ExitCode.FAILED, "No server answers on " + socket + ".");
            }
            return show(client.ask(new ControlRequest.Status(), ControlReply.Status.class));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "The running server could not be asked: " + e.getMessage(), e);
        }
    }

    private int show(ControlReply.Status status) {
        spec.commandLine()
                .getOut()
                .printf(
                        "athena-dhcpd %s, process %d, serving since %s%njournal: %s%ninterfaces waited for: %s%n"
                                + "degraded: %s%n",
                        status.version(),
                        status.pid(),
                        Instant.ofEpochSecond(status.startedAt()),
                        status.journalWritable() ? "writable" : "NOT WRITABLE, so no lease is granted",
                        status.waitingInterfaces().isEmpty() ? "none" : String.join(", ", status.waitingInterfaces()),
                        status.degradations().isEmpty() ? "no" : String.join("; ", status.degradations()));
        return status.journalWritable() && status.waitingInterfaces().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }
}
