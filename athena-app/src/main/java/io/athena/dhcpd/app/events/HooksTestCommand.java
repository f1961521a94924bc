package io.athena.dhcpd.app.events;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.control.ControlReply;
import io.athena.dhcpd.app.control.ControlRequest;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Tries a hook. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {
            "Gives a hook an event that never happened, marked as a test, of a kind that it asks for.",
            "How it went is shown by 'hooks list' and in the server's log."
        })
final class HooksTestCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The hook's name in the configuration.")
    private String name = "";

    @ParentCommand
    private @Nullable HooksCommand hooks;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        ControlReply.Outcome outcome = Objects.requireNonNull(hooks)
                .server()
                .ask(new ControlRequest.TestHook(name), ControlReply.Outcome.class);
        if (!outcome.refusal().isEmpty()) {
            throw new CommandFailure(ExitCode.FAILED, outcome.refusal());
        }
        spec.commandLine().getOut().println("The test event is on its way to " + name + ".");
        return ExitCode.OK;
    }
}
