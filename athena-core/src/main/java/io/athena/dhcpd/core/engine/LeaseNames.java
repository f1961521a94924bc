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

    LeaseNames(NamePolicy policy, LeaseTable table) {
        this.policy = policy;
        this.table = table;
    }

    /** An address to be offered, with the name that the client would get with it; nothing keeps that. */
    Assignment offered(ClientRequest request, Assignment assignment) {
        return policy.isOn()
                ? assignment.named(policy.decide(request, assignment, own(request, assignment)))
                : assignment;
    }

    /** What is to be stored with a lease that is about to be granted. */
    Name claim(ClientRequest request, Assignment assignment, @Nullable Lease own) {
        return policy.claim(request, assignment, own);
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
