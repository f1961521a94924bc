package io.athena.dhcpd.app.events;

import io.athena.dhcpd.app.control.ServerCommands;
import picocli.CommandLine.Command;

/** How hooks fare, and a way to try them. */
@Command(
        name = "hooks",
        mixinStandardHelpOptions = true,
        subcommands = {HooksListCommand.class, HooksTestCommand.class},
        description = "Shows how the hooks of the running server fare, and tries them.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:the server does not run, or has no such hook", "2:the command line is wrong"})
public final class HooksCommand extends ServerCommands {}
