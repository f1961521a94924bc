package io.athena.dhcpd.app.names;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.control.ControlReply;
import io.athena.dhcpd.app.control.ControlRequest;
import io.athena.dhcpd.app.control.RunningServer;
import io.athena.dhcpd.ddns.outbox.UnfinishedName;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Lists what is not done yet. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the addresses of which DNS does not say yet what it is to say.")
final class NamesListCommand implements Callable<Integer> {

    private static final String LINE = "%-15s  %-9s  %-40s  %s%n";

    @ParentCommand
    private @Nullable NamesCommand names;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        RunningServer server = Objects.requireNonNull(names).server();
        PrintWriter out = spec.commandLine().getOut();
        List<UnfinishedName> page = after(server, "0.0.0.0");
        out.printf(LINE, "IP", "STATE", "NAME", "TO BE REMOVED");
        if (page.isEmpty()) {
            out.println("(none)");
        }
        while (!page.isEmpty()) {
            page.forEach(name -> print(out, name));
            page = after(server, page.get(page.size() - 1).ip());
        }
        return ExitCode.OK;
    }

    private static List<UnfinishedName> after(RunningServer server, String ip) throws CommandFailure {
        return server.ask(new ControlRequest.PageNames(ip), ControlReply.UnfinishedNames.class)
                .names();
    }

    private static void print(PrintWriter out, UnfinishedName name) {
        out.printf(
                LINE,
                name.ip(),
                name.conflict() ? "foreign" : "pending",
                name.wanted() == null ? "-" : name.wanted(),
                name.leaving().isEmpty() ? "-" : String.join(" ", name.leaving()));
    }
}
