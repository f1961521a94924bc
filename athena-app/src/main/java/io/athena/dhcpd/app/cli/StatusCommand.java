package io.athena.dhcpd.app.cli;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.control.ConfigOption;
import io.athena.dhcpd.app.control.ControlReply;
import io.athena.dhcpd.app.control.ControlRequest;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        return show(config.server().ask(new ControlRequest.Status(), ControlReply.Status.class));
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
