package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import org.jspecify.annotations.Nullable;

/**
 * Decides which name a lease gets in DNS. It is asked before the reply, since RFC 4702 section 4 wants the decision in
 * option 81; what it says for a grant is stored with the lease, and the ACK repeats what is stored. It must not block: it
 * runs on the lane.
 */
@FunctionalInterface
public interface NamePolicy {

    /** Puts no names into DNS. */
    NamePolicy NONE = (request, assignment, own) -> Name.NONE;

    /**
     * The name of a lease that is about to be offered or granted.
     *
     * @param own the client's own lease of this address as it is until then, active or ended, or null
     */
    Name decide(ClientRequest request, Assignment assignment, @Nullable Lease own);

    /**
     * A decision.
     *
     * @param fqdn the whole name without a dot at its end, or null when the lease gets none
     * @param forward whether this server puts the name's address into DNS; else the client may
     * @param record what the policy wants to find with the lease later, opaque to everybody else, or null
     */
    record Name(@Nullable String fqdn, boolean forward, byte @Nullable [] record) {

        /** No name. */
        public static final Name NONE = new Name(null, false, null);
    }
}
