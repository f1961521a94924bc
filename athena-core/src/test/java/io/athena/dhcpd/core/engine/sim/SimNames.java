package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.engine.Assignment;
import io.athena.dhcpd.core.engine.NameGround;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A few names that many clients want, each for the lease of one client at a time. It demands of the engine that every
 * claim ends, as a lease that everybody hears of or given back, and so that no name has two holders.
 */
final class SimNames implements NamePolicy {

    private static final int NAMES = 7;

    private record Claim(ClientKey client, String name) {}

    /** The active leases with a name, as everybody hears of them. */
    private final Map<Ipv4, Lease> named = new HashMap<>();

    private final Map<Ipv4, Claim> claims = new HashMap<>();

    /** What there is already when the engine starts. */
    void learn(Collection<Lease> leases) {
        for (Lease lease : leases) {
            if (lease.fqdn() != null && lease.state() == LeaseState.ACTIVE) {
                named.put(lease.ip(), lease);
            }
        }
    }

    @Override
    public Name decide(ClientRequest request, Assignment assignment, @Nullable Lease own) {
        // Now and then a client wants another name than before.
        int wish = Math.floorMod(Arrays.hashCode(request.key().toBytes()) + (request.xid() % 3 == 0 ? 1 : 0), NAMES);
        String name = "host-" + wish;
        return isTaken(name, request.key())
                ? Name.none(NameGround.NOTHING_USABLE)
                : new Name(name, true, new byte[] {1}, NameGround.CLIENT);
    }

    private boolean isTaken(String name, ClientKey client) {
        return named.values().stream().anyMatch(lease -> name.equals(lease.fqdn()) && !client.equals(lease.key()))
                || claims.values().stream()
                        .anyMatch(claim -> name.equals(claim.name()) && !client.equals(claim.client()));
    }

    @Override
    public Name claim(ClientRequest request, Assignment assignment, @Nullable Lease own) {
        Name name = decide(request, assignment, own);
        String fqdn = name.fqdn();
        if (fqdn != null && claims.put(assignment.address(), new Claim(request.key(), fqdn)) != null) {
            throw new AssertionError("two claims for " + assignment.address());
        }
        return name;
    }

    @Override
    public void disclaim(Lease lease) {
        if (lease.fqdn() != null) {
            end(lease);
        }
    }

    private void end(Lease lease) {
        Claim claim = claims.remove(lease.ip());
        if (claim == null
                || !claim.client().equals(lease.key())
                || !claim.name().equals(lease.fqdn())) {
            throw new AssertionError(lease + " ends the claim " + claim);
        }
    }

    @Override
    public Name stored(Lease lease) {
        return new Name(lease.fqdn(), lease.fqdn() != null, lease.nameDecision(), NameGround.STORED);
    }

    /** What the record of an address says from now on. */
    void hear(Lease lease) {
        // What was taken over from elsewhere comes without a decision.
        if (lease.state() != LeaseState.ACTIVE || lease.nameDecision() == null || lease.fqdn() == null) {
            named.remove(lease.ip());
            return;
        }
        end(lease);
        if (isTaken(lease.fqdn(), lease.key())) {
            throw new AssertionError(lease + " got a name that somebody else has");
        }
        named.put(lease.ip(), lease);
    }

    /** An ACK says what is stored. */
    static void demandStored(Name told, Lease durable) {
        if (told.isDecided() && !Objects.equals(told.fqdn(), durable.fqdn())) {
            throw new AssertionError("an ACK says " + told.fqdn() + " while the disk says " + durable);
        }
    }

    /** Nobody waits for the disk, so no lease is about to be granted. */
    void demandNoClaim() {
        if (!claims.isEmpty()) {
            throw new AssertionError("nobody ends " + claims);
        }
    }
}
