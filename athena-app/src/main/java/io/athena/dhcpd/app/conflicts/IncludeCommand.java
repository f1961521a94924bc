package io.athena.dhcpd.app.conflicts;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.control.ControlRequest;
import io.athena.dhcpd.core.net.Ipv4;
import picocli.CommandLine.Command;

/** Undoes an exclusion. */
@Command(
        name = "include",
        mixinStandardHelpOptions = true,
        description = "Undoes an exclusion. A conflict of the address, if there is one, withholds it still.")
final class IncludeCommand extends AddressCommand {

    @Override
    void change(ConflictChange how, Ipv4 address) throws CommandFailure, InterruptedException {
        how.make(new ControlRequest.Include(address.toString()), store -> store.include(address));
    }

    @Override
    String done(Ipv4 address) {
        return address + " is included again.";
    }
}
