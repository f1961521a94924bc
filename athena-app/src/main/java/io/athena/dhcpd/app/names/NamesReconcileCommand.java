package io.athena.dhcpd.app.names;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.control.ControlReply;
import io.athena.dhcpd.app.control.ControlRequest;
import io.athena.dhcpd.app.control.RunningServer;
import io.athena.dhcpd.ddns.reconcile.Drift;
import io.athena.dhcpd.ddns.reconcile.Reconciliation;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Compares leases with DNS. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = "Compares every lease that has a name with what the name servers say, and prints what differs.",
        footer = "Nothing is removed that is not proved to be this server's. Records that leases of before left behind "
                + "are found only where the name server allows its zone to be listed.")
final class NamesReconcileCommand implements Callable<Integer> {

    private static final String LINE = "%-16s  %-15s  %-40s  %s%n";
    private static final long LOOK_MILLIS = 300;

    @ParentCommand
    private @Nullable NamesCommand names;

    @Option(names = "--repair", description = "Put right what differs, instead of only telling it.")
    private boolean repair;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        RunningServer server = Objects.requireNonNull(names).server();
        String refusal = server.ask(new ControlRequest.ReconcileNames(repair), ControlReply.Outcome.class)
                .refusal();
        if (!refusal.isEmpty()) {
            throw new CommandFailure(ExitCode.FAILED, "Nothing was compared: " + refusal + ".");
        }
        Reconciliation found = state(server);
        while (found.running()) {
            Thread.sleep(LOOK_MILLIS);
            found = state(server);
        }
        return print(spec.commandLine().getOut(), found);
    }

    private static Reconciliation state(RunningServer server) throws CommandFailure {
        Reconciliation state = server.ask(new ControlRequest.Reconciliation(), ControlReply.ComparedNames.class)
                .reconciliation();
        if (state == null) {
            throw new CommandFailure(ExitCode.FAILED, "The comparison was ended by a reload; start it again.");
        }
        return state;
    }

    private static int print(PrintWriter out, Reconciliation found) {
        if (!found.drifts().isEmpty()) {
            out.printf(LINE, "WHAT", "IP", "NAME", "DNS SAYS");
            found.drifts().forEach(drift -> print(out, drift));
        }
        if (found.drifted() > found.drifts().size()) {
            out.printf("... and %d more%n", found.drifted() - found.drifts().size());
        }
        found.troubles().forEach(trouble -> out.println("note: " + trouble));
        if (found.unanswered() > 0) {
            out.printf("%d leases could not be compared%n", found.unanswered());
        }
        out.printf(
                "%d leases compared, %d differences, %d being put right, %d left out since their updates are under way%n",
                found.leases(), found.drifted(), found.repaired(), found.waiting());
        return found.drifted() == found.repaired() && found.unanswered() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void print(PrintWriter out, Drift drift) {
        out.printf(
                LINE,
                drift.kind().tag(),
                drift.ip(),
                drift.name(),
                drift.detail().isEmpty() ? "-" : drift.detail());
    }
}
