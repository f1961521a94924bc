package io.athena.dhcpd.app.events;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.control.ConfigOption;
import io.athena.dhcpd.app.control.ControlReply;
import io.athena.dhcpd.app.control.ControlRequest;
import io.athena.dhcpd.app.control.RunningServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what happened of late. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description =
                "Prints the last events that the running server has kept, the latest last, one JSON object a line.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:the server does not run or keeps no events", "2:the command line is wrong"})
public final class EventsCommand implements Callable<Integer> {

    private static final int PAGE = 100;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--type",
            paramLabel = "PATTERN",
            defaultValue = "",
            description = "Only events of this kind, such as lease.ack or conflict.*")
    private String type = "";

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            defaultValue = "20",
            description = "How many at most. Default: ${DEFAULT-VALUE}")
    private int limit;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        RunningServer server = config.server();
        List<String> events = new ArrayList<>();
        long before = Long.MAX_VALUE;
        while (before > 0 && events.size() < limit) {
            int more = Math.min(PAGE, limit - events.size());
            ControlReply.Events page =
                    server.ask(new ControlRequest.PageEvents(type, more, before), ControlReply.Events.class);
            events.addAll(page.events());
            before = page.next();
        }
        Collections.reverse(events);
        events.forEach(spec.commandLine().getOut()::println);
        return ExitCode.OK;
    }
}
