package io.athena.dhcpd.ddns.name;

import io.athena.dhcpd.core.engine.Assignment;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import org.jspecify.annotations.Nullable;

/** The policy of the configuration that counts; a reload replaces it while lanes ask. */
public final class CurrentNames implements NamePolicy {

    private volatile NamePolicy policy;

    /** Asks this one at first. */
    public CurrentNames(NamePolicy first) {
        this.policy = first;
    }

    /** Asks another one from now on. May be called by any thread. */
    public void use(NamePolicy next) {
        policy = next;
    }

    @Override
    public Name decide(ClientRequest request, Assignment assignment, @Nullable Lease own) {
        return policy.decide(request, assignment, own);
    }

    @Override
    public Name claim(ClientRequest request, Assignment assignment, @Nullable Lease own) {
        return policy.claim(request, assignment, own);
    }

    @Override
    public void disclaim(Lease lease) {
        policy.disclaim(lease);
    }

    @Override
    public Name stored(Lease lease) {
        return policy.stored(lease);
    }

    @Override
    public boolean isOn() {
        return policy.isOn();
    }
}
