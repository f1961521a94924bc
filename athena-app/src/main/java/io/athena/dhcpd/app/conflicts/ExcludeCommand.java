package io.athena.dhcpd.app.conflicts;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.control.ControlRequest;
import io.athena.dhcpd.core.net.Ipv4;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes an address out of allocation. */
@Command(
        name = "exclude",
        mixinStandardHelpOptions = true,
        description = {
            "Takes an address out of allocation until 'include' undoes it; your user name is kept with the reason.",
            "Whoever leases it now is sent away when it asks to extend. A new reason replaces the old."
        })
final class ExcludeCommand extends AddressCommand {

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why, for whoever finds it later: one line of at most 200 characters.")
    private String reason = "";

    @Override
    void change(ConflictChange how, Ipv4 address) throws CommandFailure, InterruptedException {
        how.make(new ControlRequest.Exclude(address.toString(), reason), store -> store.exclude(address, reason));
    }

    @Override
    String done(Ipv4 address) {
        return address + " is excluded.";
    }
}
