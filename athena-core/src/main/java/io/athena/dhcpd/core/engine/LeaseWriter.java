package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.Previous;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import org.jspecify.annotations.Nullable;

/** Makes the records of the journal: what a lease looks like after a grant, an end, a decline. */
final class LeaseWriter {

    /**
     * A record to be written.
     *
     * @param lease what it will say
     * @param former what the record of the address says until then, or null when there is none
     * @param name what was decided about its name
     */
    record Draft(Lease lease, @Nullable Lease former, NamePolicy.Name name) {}

    private final LeaseJournal journal;
    private final LeaseTable table;
    private final LeaseNames names;
    private final LeaseEnds ends;

    LeaseWriter(LeaseJournal journal, LeaseTable table, LeaseNames names, LeaseEnds ends) {
        this.journal = journal;
        this.table = table;
        this.names = names;
        this.ends = ends;
    }

    /**
     * The lease as it will be once it is durable.
     *
     * @param answered the offer that the request answers, or null
     */
    Draft granted(
            ClientRequest request,
            Assignment assignment,
            @Nullable Ipv4 poolStart,
            @Nullable Offer answered,
            long now) {
        Lease former = current(assignment.address());
        LeaseState state =
                LeaseLifecycle.on(former == null ? LeaseState.FREE : reusable(former), LeaseLifecycle.Input.GRANT);
        Lease own = former != null && former.key().equals(request.key()) ? former : null;
        boolean unbroken = own != null && own.isActive(now);
        // A renewal by unicast lacks option 82: what it said is remembered, or policy breaks at T1.
        boolean extended = own != null && request.requestKind() == ClientRequest.RequestKind.EXTENDING;
        RelayInfo relay = extended ? request.relay().orRemembered(own.relay()) : request.relay();
        String hostname = request.hostname() == null && own != null ? own.hostname() : request.hostname();
        NamePolicy.Name name = names.claim(request, assignment, own);
        boolean kept = own != null && !name.isDecided();
        Lease lease = new Lease(
                assignment.address(),
                state,
                request.key(),
                request.mac(),
                request.clientId(),
                hostname,
                kept ? own.fqdn() : name.fqdn(),
                unbroken ? own.start() : now,
                notBefore(former, expiry(now, assignment.leaseSeconds()), now),
                assignment.subnet().network(),
                poolStart,
                relay.giaddr(),
                relay.option82(),
                relay.circuitId(),
                relay.remoteId(),
                vendorClass(request, answered, own),
                now,
                now,
                kept ? own.nameDecision() : name.record(),
                request.proof());
        return new Draft(lease, former, name);
    }

    /** A client that names its kind in the DHCPDISCOVER only is judged by that when it renews. */
    private static byte @Nullable [] vendorClass(ClientRequest request, @Nullable Offer answered, @Nullable Lease own) {
        if (request.vendorClass() != null || request.type() == MessageType.DISCOVER) {
            return request.vendorClass();
        }
        if (answered != null && answered.vendorClass() != null) {
            return answered.vendorClass().length == 0 ? null : answered.vendorClass();
        }
        return own == null ? null : own.vendorClass();
    }

    /** Appends a granted or imported lease; answers its sequence or {@link LeaseJournal#REFUSED}. */
    long append(Draft draft, byte[] image) {
        Lease lease = draft.lease();
        return journal.append(
                RecordKind.LEASE, lease.ip().bits(), image, previous(ends.onRecord(lease.ip(), draft.former()), lease));
    }

    /** A lease that was to be granted is not: nobody has its name for that. */
    void abandon(Lease lease) {
        names.disclaim(lease);
    }

    private @Nullable Lease current(Ipv4 address) {
        int slot = table.slotOf(address);
        byte[] image = slot < 0 ? null : table.imageOf(slot);
        return image == null ? null : Images.lease(image);
    }

    /** A record that ended by the clock but was not reaped, or whose hold is over, starts afresh. */
    private static LeaseState reusable(Lease former) {
        return former.state() == LeaseState.DECLINED ? LeaseState.FREE : former.state();
    }

    /** @param next the lease that takes the place of the former, null when that one ends */
    static byte @Nullable [] previous(@Nullable Lease former, @Nullable Lease next) {
        if (former == null) {
            return null;
        }
        // A lease that had ended took its name along: only what it has by now can be left over.
        boolean named = former.state() == LeaseState.ACTIVE && former.fqdn() != null;
        boolean kept = next != null && former.key().equals(next.key());
        // A client that comes back to a lease which had ended by the clock: no other record says when.
        boolean broken = former.state() == LeaseState.ACTIVE && kept && former.start() != next.start();
        if (kept && !named && !broken) {
            return null;
        }
        String fqdn = named ? former.fqdn() : null;
        return new Previous(former.key(), fqdn, former.expiry(), named ? former.nameDecision() : null).encode();
    }

    /** An imported lease, which shortens nothing that its client was promised here. */
    Draft imported(Lease lease, long now) {
        Lease former = current(lease.ip());
        return new Draft(lease.until(notBefore(former, lease.expiry(), now)), former, NamePolicy.Name.UNCHANGED);
    }

    /**
     * A shorter lease may not shorten the record: until its client has seen the new ACK, it goes by the old one. Only a
     * lease without end gives way, or none would ever come back.
     */
    private static long notBefore(@Nullable Lease former, long expiry, long now) {
        boolean promised = former != null && former.isActive(now) && former.expiry() != LeaseTimes.FOREVER;
        return promised ? Math.max(former.expiry(), expiry) : expiry;
    }

    private static long expiry(long now, long seconds) {
        return seconds == LeaseTimes.FOREVER ? LeaseTimes.FOREVER : Math.min(now + seconds, LeaseTimes.FOREVER - 1);
    }
}
