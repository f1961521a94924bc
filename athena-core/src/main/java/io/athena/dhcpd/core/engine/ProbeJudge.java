package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.subnet.Pool;
import io.athena.dhcpd.core.subnet.Subnet;
import org.jspecify.annotations.Nullable;

/** What follows from the end of a probe: the address is proven, or somebody else uses it. */
final class ProbeJudge {

    private final LeaseTable table;
    private final OfferBook offers;
    private final Rights rights;
    private final ConflictTable conflicts;
    private final Proofs proofs;
    private final Stock stock;
    private final Doubts doubts;

    ProbeJudge(
            LeaseTable table,
            OfferBook offers,
            Rights rights,
            ConflictTable conflicts,
            Proofs proofs,
            Stock stock,
            Doubts doubts) {
        this.table = table;
        this.offers = offers;
        this.rights = rights;
        this.conflicts = conflicts;
        this.proofs = proofs;
        this.stock = stock;
        this.doubts = doubts;
    }

    /** A probe has ended: notes what it showed, then lets those go on who wait for it. */
    void ended(ProbeResult result, EngineSettings settings, long now) {
        PendingProbe probe = proofs.end(result.address());
        if (probe == null) {
            return;
        }
        boolean free =
                switch (result.outcome()) {
                    case CLEAR -> true;
                    case CONFLICT -> !isUsed(result, probe, settings, now);
                    case TIMEOUT, ERROR -> false;
                };
        boolean unsent = result.outcome() == ProbeResult.Outcome.ERROR;
        if (free) {
            proofs.prove(result.address(), now);
        } else {
            table.putBack(result.address());
        }
        probe.end(free || unsent, unsent);
    }

    /** Somebody answers a probe that had ended without an answer; the client that was offered the address loses it. */
    void answeredLate(ProbeResult result, EngineSettings settings, long now) {
        if (proofs.underWay(result.address()) == null) {
            isUsed(result, null, settings, now);
        }
    }

    /** A client found the address in use. */
    void declined(Ipv4 address) {
        proofs.forget(address);
        Pool pool = rights.link().poolOf(address);
        if (pool != null) {
            stock.empty(pool);
        }
    }

    /**
     * Whether somebody else answers than the one who holds the address or asks for it (a host that was booted from the
     * network answers on its own address); if so, notes it. A lease that was granted meanwhile is left alone.
     */
    private boolean isUsed(ProbeResult result, @Nullable PendingProbe probe, EngineSettings settings, long now) {
        Ipv4 address = result.address();
        MacAddress by = result.responder();
        Subnet subnet = rights.link().subnetOf(address);
        if (subnet == null || isWelcome(address, by, probe, now)) {
            return false;
        }
        MacAddress intendedFor = probe == null ? null : probe.firstAsker();
        offers.withdrawAt(address);
        proofs.forget(address);
        Pool pool = rights.link().poolOf(address);
        if (pool != null) {
            stock.empty(pool);
        }
        boolean recorded = conflicts.answered(
                address, subnet.network(), rights.link(), result.method().found(), by, intendedFor, settings, now);
        if (!recorded) {
            doubts.add(address, now);
            if (pool != null) {
                stock.pause(pool, now + Doubts.SECONDS);
            }
        }
        return true;
    }

    /**
     * Whether the answer is from the one who holds the address or asks for it. An echo reply does not say whose it is: once
     * the address is granted it is taken for its holder's, to whom a router may have kept the request until he was there.
     */
    private boolean isWelcome(Ipv4 address, @Nullable MacAddress by, @Nullable PendingProbe probe, long now) {
        if (probe != null && by != null && probe.isAsker(by)) {
            return true;
        }
        int slot = table.slotOf(address);
        if (slot < 0) {
            return false;
        }
        PendingChange change = table.pendingOf(slot);
        Offer offer = table.offerOf(slot);
        byte[] image = table.isActive(slot, now) ? table.imageOf(slot) : null;
        if (by == null) {
            return change != null || image != null;
        }
        return (change != null && by.equals(change.lease().mac()))
                || (offer != null && by.equals(offer.mac()))
                || (image != null && by.equals(Images.mac(image)));
    }
}
