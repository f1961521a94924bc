package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.engine.ProofObserver.Proof;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayPort;
import io.athena.dhcpd.core.net.VpnId;
import io.athena.dhcpd.core.subnet.Pool;
import org.jspecify.annotations.Nullable;

/** Nobody is given an address before a probe has shown that no one uses it (RFC 2131 sections 2.2 and 3.1 step 2). */
final class Assurance {

    /** Messages of one link that wait for probes; a flood of newcomers leaves as much again to known clients. */
    private static final int MOST_NEWCOMERS = 4_096;

    /** More copies of one client's message are not worth a place in the line. */
    private static final int MOST_FOR_ONE_ADDRESS = 4;

    private final LeaseTable table;
    private final OfferBook offers;
    private final Rights rights;
    private final Proofs proofs;
    private final Stock stock;
    private final ProofObserver observer;

    Assurance(LeaseTable table, OfferBook offers, Rights rights, Proofs proofs, Stock stock, ProofObserver observer) {
        this.table = table;
        this.offers = offers;
        this.rights = rights;
        this.proofs = proofs;
        this.stock = stock;
        this.observer = observer;
    }

    /** Null when the address may be given now; else what to wait for, with the address held meanwhile. */
    @Nullable
    Answer before(
            Ipv4 address, Rights.Place place, ClientRequest request, Search search, EngineSettings settings, long now) {
        ProbeRules rules = settings.probes();
        if (isExempt(address, place, request, rules, now)) {
            return given(address, Proof.EXEMPT, search);
        }
        if (address.equals(search.settled())) {
            return given(address, search.failed() ? Proof.IMPOSSIBLE : Proof.WAITED, search);
        }
        if (proofs.isProven(address, rules, now)) {
            restock(address, search, settings, now);
            return given(address, search.tried() == 0 ? Proof.READY : Proof.WAITED, search);
        }
        PendingProbe underWay = proofs.underWay(address);
        boolean inTime = search.tried() == 0 || rules.inTime(search.elapsedMillis());
        boolean tries = search.tried() < rules.most();
        // Past its own probes a message may still wait for those that are under way ahead of time: they cost nobody
        // more.
        if (!inTime || (!tries && underWay == null)) {
            return given(address, Proof.UNPROVEN, search);
        }
        if (isCrowded(request, underWay)) {
            return new Answer.Silent(DropReason.TOO_MANY_WAITING);
        }
        PendingProbe probe = underWay != null ? underWay : proofs.start(address);
        if (probe == null) {
            return given(address, Proof.IMPOSSIBLE, search);
        }
        probe.askedBy(request.mac());
        hold(address, place, request, settings, now);
        restock(address, search, settings, now);
        return new Answer.Unproven(probe, tries ? search.trying() : search.unsettled());
    }

    /** Holds an address for a client until it answers or the hold ends. */
    void hold(Ipv4 address, Rights.Place place, ClientRequest request, EngineSettings settings, long now) {
        boolean known = table.slotOf(request.key()) >= 0;
        offers.make(new Offer(
                address,
                request.key(),
                now + settings.offerHold(),
                known ? null : place.poolStart(),
                RelayPort.of(request.relay()),
                rights.saidWith(request),
                request.mac()));
    }

    private boolean isExempt(Ipv4 address, Rights.Place place, ClientRequest request, ProbeRules rules, long now) {
        int slot = table.slotOf(address);
        boolean ownLease = slot >= 0 && table.isActive(slot, now) && table.isHeldBy(slot, request.key());
        boolean reserved = place.poolStart() == null && !rules.reservations();
        // RFC 6607: in a VPN the same address may be somebody else's, whom a probe from here would reach.
        return !rules.enabled() || ownLease || reserved || !rights.link().vpn().equals(VpnId.GLOBAL);
    }

    private void restock(Ipv4 address, Search search, EngineSettings settings, long now) {
        Pool pool = rights.link().poolOf(address);
        if (pool != null && search.isNew()) {
            stock.asked(pool, settings.probes().atOnce() - 1, settings, now);
        }
    }

    private boolean isCrowded(ClientRequest request, @Nullable PendingProbe probe) {
        boolean known = table.slotOf(request.key()) >= 0;
        return (probe != null && probe.waiting() >= MOST_FOR_ONE_ADDRESS)
                || proofs.waiting() >= (known ? 2 * MOST_NEWCOMERS : MOST_NEWCOMERS);
    }

    private @Nullable Answer given(Ipv4 address, Proof proof, Search search) {
        observer.given(address, proof, search.tried());
        return null;
    }
}
