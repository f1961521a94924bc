package io.athena.dhcpd.app.names;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.control.ControlReply;
import io.athena.dhcpd.app.control.ControlRequest;
import io.athena.dhcpd.ddns.outbox.OutboxStatus;
import io.athena.dhcpd.ddns.outbox.ServerStatus;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints how names and name servers fare. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Prints how many names wait, and how the name servers fare that were asked since the start.")
final class NamesStatusCommand implements Callable<Integer> {

    private static final String LINE = "%-40s  %8s  %8s  %-20s  %s%n";

    @ParentCommand
    private @Nullable NamesCommand names;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        OutboxStatus status = Objects.requireNonNull(names)
                .server()
                .ask(new ControlRequest.Names(), ControlReply.Names.class)
                .status();
        if (status == null) {
            throw new CommandFailure(ExitCode.FAILED, "The server puts no names into DNS; see [ddns].");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf("addresses with updates to be done: %d%n", status.pending());
        out.printf("addresses whose name is somebody else's: %d%n", status.conflicts());
        if (status.missed() > 0) {
            out.printf(
                    "records of the journal that are gone: %d; run 'athena-dhcpd names reconcile'%n", status.missed());
        }
        out.printf(LINE, "NAME SERVER", "WAITING", "UPDATES", "FAILING SINCE (UTC)", "LAST ERROR");
        status.servers().forEach(server -> print(out, server));
        if (status.servers().isEmpty()) {
            out.println("(none was asked)");
        }
        return ExitCode.OK;
    }

    private static void print(PrintWriter out, ServerStatus server) {
        out.printf(
                LINE,
                server.server(),
                server.waiting(),
                server.updates(),
                server.failingSince() == 0 ? "-" : Instant.ofEpochSecond(server.failingSince()),
                server.lastError() == null ? "-" : server.lastError());
    }
}
