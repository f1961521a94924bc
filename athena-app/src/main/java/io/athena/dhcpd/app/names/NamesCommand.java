package io.athena.dhcpd.app.names;

import io.athena.dhcpd.app.control.ServerCommands;
import picocli.CommandLine.Command;

/** How names in DNS fare, and a comparison of them with the leases. */
@Command(
        name = "names",
        mixinStandardHelpOptions = true,
        subcommands = {NamesStatusCommand.class, NamesListCommand.class, NamesReconcileCommand.class},
        description =
                "Shows how the names that the running server puts into DNS fare, and compares them with its leases.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:the server does not run, puts no names into DNS, or not all could be compared or is put right",
            "2:the command line is wrong"
        })
public final class NamesCommand extends ServerCommands {}
