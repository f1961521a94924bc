package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.engine.NamePolicy.Name;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks the policy about names, with what the table knows of the client's own lease. */
final class LeaseNames {

    private final NamePolicy policy;
    private final LeaseTable table;
    private final boolean alwaysTold;

    /** @param trace wants to hear of the names of offers, too, that do not tell the client any */
    LeaseNames(NamePolicy policy, LeaseTable table, DecisionTrace trace) {
        this.policy = policy;
        this.table = table;
        this.alwaysTold = trace != DecisionTrace.NONE;
    }

    /**
     * An address to be offered, with the name that the client would get with it, where anybody is told that: a client
     * that sent option 81. Nothing keeps it.
     */
    Assignment offered(ClientRequest request, Assignment assignment) {
        return policy.isOn() && (alwaysTold || request.fqdn() != null)
                ? assignment.named(policy.decide(request, assignment, own(request, assignment)))
                : assignment;
    }

    /** What is to be stored with a lease that is about to be granted. */
    Name claim(ClientRequest request, Assignment assignment, @Nullable Lease own) {
        return policy.claim(request, assignment, own);
    }

    /** A lease with a claim could not be written. */
    void disclaim(Lease lease) {
        policy.disclaim(lease);
    }

    /** What the record of an address says. */
    Assignment remaining(Assignment assignment, int slot) {
        byte[] image = policy.isOn() ? table.imageOf(slot) : null;
        return image == null ? assignment : assignment.named(policy.stored(Images.lease(image)));
    }

    /** Whether a lease that would be answered for as it is would get another name than it has. */
    boolean renames(ClientRequest request, Assignment assignment) {
        if (!policy.isOn()) {
            return false;
        }
        Lease own = own(request, assignment);
        Name name = policy.decide(request, assignment, own);
        return own != null && name.isDecided() && !Objects.equals(own.fqdn(), name.fqdn());
    }

    private @Nullable Lease own(ClientRequest request, Assignment assignment) {
        int slot = table.slotOf(assignment.address());
        byte[] image = slot >= 0 && table.isHeldBy(slot, request.key()) ? table.imageOf(slot) : null;
        return image == null ? null : Images.lease(image);
    }
}
