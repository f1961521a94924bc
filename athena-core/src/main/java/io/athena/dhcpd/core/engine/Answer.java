package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.subnet.Terms;

/** What the engine says to a request. */
public sealed interface Answer {

    /** Send an OFFER. */
    record Offered(Assignment assignment) implements Answer {}

    /** Send an OFFER of no address, which tells the client to do without one. */
    record Unaddressed(Terms terms, DropReason reason) implements Answer {}

    /** Send an ACK at once: nothing about the lease changes that is not durable already. */
    record Granted(Assignment assignment) implements Answer {}

    /** Send an ACK once the change is durable; when it fails, ask {@link LeaseEngine#afterFailure}. */
    record Committing(Assignment assignment, PendingChange change) implements Answer {}

    /** Send a NAK. */
    record Refused(DropReason reason) implements Answer {}

    /** Send nothing. */
    record Silent(DropReason reason) implements Answer {}

    /** Ask again, with this search going on, once the probe has ended. */
    record Unproven(PendingProbe probe, Search search) implements Answer {}

    /** Ask again once the change is settled. */
    record Behind(PendingChange change) implements Answer {}

    /** Done; there is nothing to send. */
    record Noted() implements Answer {}
}
