package io.athena.dhcpd.app.conflicts;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.control.ControlRequest;
import io.athena.dhcpd.core.net.Ipv4;
import picocli.CommandLine.Command;

/** Ends a conflict by hand. */
@Command(
        name = "clear",
        mixinStandardHelpOptions = true,
        description = {
            "Ends the conflict of an address, permanent or not, and forgets how often it had one.",
            "The address may be given again once a probe of it stays unanswered."
        })
final class ClearCommand extends AddressCommand {

    @Override
    void change(ConflictChange how, Ipv4 address) throws CommandFailure, InterruptedException {
        how.make(new ControlRequest.ClearConflict(address.toString()), store -> store.clear(address));
    }

    @Override
    String done(Ipv4 address) {
        return "The conflict of " + address + " is cleared.";
    }
}
