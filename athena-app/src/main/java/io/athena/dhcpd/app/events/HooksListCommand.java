package io.athena.dhcpd.app.events;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.control.ControlReply;
import io.athena.dhcpd.app.control.ControlRequest;
import io.athena.dhcpd.events.hook.HookStatus;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Lists the hooks. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the hooks with their runs since the server started or the hooks were changed.")
final class HooksListCommand implements Callable<Integer> {

    private static final String LINE = "%-20s  %-7s  %-20s  %8s  %8s  %8s  %8s  %s%n";

    @ParentCommand
    private @Nullable HooksCommand hooks;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        ControlReply.Hooks reply =
                Objects.requireNonNull(hooks).server().ask(new ControlRequest.Hooks(), ControlReply.Hooks.class);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(LINE, "NAME", "KIND", "LAST RUN (UTC)", "OK", "FAILED", "LOST", "WAITING", "LAST ERROR");
        reply.hooks().forEach(hook -> print(out, hook));
        if (reply.hooks().isEmpty()) {
            out.println("(none)");
        }
        return ExitCode.OK;
    }

    private static void print(PrintWriter out, HookStatus hook) {
        out.printf(
                LINE,
                hook.name(),
                hook.kind(),
                hook.lastRun() == 0 ? "never" : Instant.ofEpochSecond(hook.lastRun()),
                hook.succeeded(),
                hook.failed(),
                hook.dropped(),
                hook.waiting(),
                hook.lastError() == null ? "-" : hook.lastError());
    }
}
