package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.LeaseTimes;

/** Gives an address to a client that may have it: a lease on its way to the disk, or what remains of a durable one. */
final class Grants {

    /** A client that repeats its request within this time gets the same ACK again, without another write. */
    private static final long REPEAT_SECONDS = 10;

    private final LeaseTable table;
    private final OfferBook offers;
    private final LeaseWriter writer;
    private final LeaseChanges changes;
    private final LeaseNames names;
    private final DecisionTrace trace;

    Grants(
            LeaseTable table,
            OfferBook offers,
            LeaseWriter writer,
            LeaseChanges changes,
            LeaseNames names,
            DecisionTrace trace) {
        this.table = table;
        this.offers = offers;
        this.writer = writer;
        this.changes = changes;
        this.names = names;
        this.trace = trace;
    }

    /** The address on the terms of its place. */
    static Assignment assign(Ipv4 address, Rights.Place place, ClientRequest request) {
        long seconds = place.terms().leaseTimeFor(request.requestedLeaseTime());
        return place.assign(address, seconds);
    }

    /** An ACK once the lease is durable; at once where the client only repeats itself. */
    Answer grant(ClientRequest request, Rights.Place place, Assignment assignment, long now) {
        int slot = table.slotOf(assignment.address());
        boolean bound = mayRemain(slot, request, now);
        if (bound && table.acks().answered(slot, request.xid(), now - REPEAT_SECONDS)) {
            trace.decided(Ground.ANSWERED_BEFORE, assignment.address());
            return remaining(slot, assignment, now);
        }
        Offer answered = offers.of(request.key());
        LeaseWriter.Draft lease = writer.granted(request, assignment, place.poolStart(), answered, now);
        Answer answer =
                changes.begin(lease, assignment.named(lease.name()), PendingChange.Origin.CLIENT, request.xid(), now);
        return bound && answer instanceof Answer.Silent ? remaining(slot, assignment, now) : answer;
    }

    /** What to answer when a change failed: the remaining time of a lease that is durable, else silence, never a NAK. */
    Answer afterFailure(ClientRequest request, Assignment wanted, long now) {
        int slot = table.slotOf(wanted.address());
        return mayRemain(slot, request, now)
                ? remaining(slot, wanted, now)
                : new Answer.Silent(DropReason.LEASE_NOT_WRITTEN);
    }

    /** Whether an answer may grant what is left of a lease: a BOOTP reply has no time in it and promises for ever. */
    private boolean mayRemain(int slot, ClientRequest request, long now) {
        return slot >= 0
                && table.isActive(slot, now)
                && table.isHeldBy(slot, request.key())
                && (request.type() != MessageType.BOOTP || table.expiryOf(slot) == LeaseTimes.FOREVER);
    }

    private Answer remaining(int slot, Assignment assignment, long now) {
        long expiry = table.expiryOf(slot);
        long left = expiry == LeaseTimes.FOREVER ? LeaseTimes.FOREVER : expiry - now;
        long seconds = Math.min(left, assignment.leaseSeconds());
        return new Answer.Granted(names.remaining(assignment, slot).lasting(seconds));
    }
}
