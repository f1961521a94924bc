package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.ClientRequest.RequestKind;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.ClientTraits;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Subnet;
import io.athena.dhcpd.core.subnet.Terms;

/**
 * Who owns which address on one link. It sees typed requests, never packets, does no I/O and waits for nothing: what
 * has to be durable first comes back as a {@link PendingChange}. One lane owns it; no method may be called from
 * elsewhere. {@code now} is epoch seconds, read once for a request.
 */
public final class LeaseEngine {

    /** Leases that one turn lets expire, so that packets never wait long for it. */
    private static final int EXPIRIES_A_TURN = 64;

    private final LeaseTable table;
    private final OfferBook offers;
    private final Rights rights;
    private final RequestJudge judge;
    private final LeaseEnds ends;
    private final Grants grants;
    private final Discovery discovery;
    private final Bootp bootp;
    private final Proofs proofs;
    private final Stock stock;
    private final Doubts doubts;
    private final ProbeJudge probes;
    private final ConflictTable conflicts;
    private final LeaseChanges changes;
    private final LinkRecords records;
    private EngineSettings settings;
    private boolean retired;

    /** An engine whose changes nobody else wants to hear of. */
    public LeaseEngine(
            Link link, LeaseJournal journal, CommitQueue commits, NamePolicy names, EngineSettings settings) {
        this(link, journal, commits, names, settings, EngineListeners.NONE, Probing.NONE);
    }

    /** An engine that others listen to, and that probes addresses before it gives them. */
    public LeaseEngine(
            Link link,
            LeaseJournal journal,
            CommitQueue commits,
            NamePolicy names,
            EngineSettings settings,
            EngineListeners listeners,
            Probing probing) {
        LeaseObserver observer = listeners.observer();
        DecisionTrace trace = listeners.trace();
        this.table = new LeaseTable(link);
        this.offers = new OfferBook(table);
        this.rights = new Rights(link, table);
        this.conflicts = new ConflictTable(table, journal, commits, listeners);
        this.proofs = new Proofs(probing.starter());
        this.stock = new Stock(link, table, proofs);
        this.doubts = new Doubts(table);
        AddressChooser chooser = new AddressChooser(table, offers, rights, conflicts, stock, doubts, trace);
        this.judge = new RequestJudge(table, offers, rights, conflicts, trace);
        LeaseNames leaseNames = new LeaseNames(names, table, trace);
        this.ends = new LeaseEnds(journal, table, commits, observer);
        LeaseWriter writer = new LeaseWriter(journal, table, leaseNames, ends);
        this.changes = new LeaseChanges(table, offers, writer, ends, commits, observer);
        this.grants = new Grants(table, offers, writer, changes, leaseNames, trace);
        Assurance assurance = new Assurance(table, offers, rights, proofs, stock, probing.observer());
        this.discovery = new Discovery(offers, rights, chooser, changes, grants, assurance, leaseNames);
        this.bootp = new Bootp(table, offers, rights, chooser, changes, grants, assurance, leaseNames);
        this.probes = new ProbeJudge(table, offers, rights, conflicts, proofs, stock, doubts);
        Exclusions exclusions = new Exclusions(table);
        Interventions interventions = new Interventions(conflicts, exclusions, journal, commits);
        this.records =
                new LinkRecords(table, offers, rights, conflicts, exclusions, interventions, writer, changes, settings);
        this.settings = settings;
    }

    /** The link's records, for everybody but its clients. */
    public LinkRecords records() {
        return records;
    }

    /** Whether the client has an offer, a lease or a reservation here, or had a lease once and is remembered for it. */
    public boolean knows(ClientRequest request, long now) {
        return table.slotOf(request.key()) >= 0
                || offers.of(request.key()) != null
                || changes.of(request.key()) != null
                || rights.usableReservation(request, settings, now) != null;
    }

    // --- what clients ask ---------------------------------------------------------------------------------------

    /**
     * DHCPDISCOVER (RFC 2131 section 4.3.1): an address, held for the client until it answers or the hold ends; with rapid
     * commit (RFC 4039) a lease.
     */
    public Answer offer(ClientRequest request, Search search, long now) {
        return discovery.answer(request, search, settings, now);
    }

    /** DHCPREQUEST in whatever state the client is (RFC 2131 section 4.3.2). */
    public Answer confirm(ClientRequest request, long now) {
        Ipv4 wanted = request.wantedAddress();
        if (wanted == null || request.requestKind() == RequestKind.UNUSABLE) {
            return new Answer.Silent(DropReason.ADDRESS_MISSING);
        }
        if (request.requestKind() == RequestKind.SELECTING && !request.serverIdIsOurs()) {
            offers.withdraw(request.key());
            return new Answer.Silent(DropReason.OTHER_SERVER);
        }
        PendingChange busy = changes.touching(request.key(), wanted);
        if (busy != null) {
            return new Answer.Behind(busy);
        }
        RequestJudge.Verdict verdict = judge.judge(request, wanted, settings, now);
        if (verdict instanceof RequestJudge.Verdict.Nak nak) {
            return new Answer.Refused(nak.reason());
        }
        if (verdict instanceof RequestJudge.Verdict.Silence silence) {
            return new Answer.Silent(silence.reason());
        }
        Rights.Place place = ((RequestJudge.Verdict.Grant) verdict).place();
        return grants.grant(request, place, Grants.assign(wanted, place, request), now);
    }

    /** A BOOTP request (RFC 951): a reservation or an address of a pool that serves BOOTP, for ever. */
    public Answer bootp(ClientRequest request, Search search, long now) {
        return bootp.answer(request, search, settings, now);
    }

    /**
     * DHCPINFORM (RFC 2131 section 4.3.5): the terms that go with the client's own address, or with the link's first
     * subnet. It passes no relay agent: where the client has a lease, what that remembers counts as for a renewal.
     */
    public Assignment inform(ClientRequest request, long now) {
        ClientTraits client = rights.sender(request, request.ciaddr(), null, now);
        Subnet subnet = rights.link().subnetOf(request.ciaddr());
        Subnet around = subnet != null ? subnet : rights.link().subnets().get(0);
        Rights.Place place = subnet == null ? null : rights.placeFor(request.ciaddr(), request, client);
        Terms terms = place == null ? rights.link().termsOf(around, KnownClient.asSaid(client)) : place.terms();
        return new Assignment(request.ciaddr(), around, null, terms, 0);
    }

    /** DHCPRELEASE: counts only from the holder; the address keeps its affinity. */
    public Answer release(ClientRequest request, long now) {
        if (request.serverId() != null && !request.serverIdIsOurs()) {
            return new Answer.Silent(DropReason.OTHER_SERVER);
        }
        PendingChange busy = changes.touching(request.key(), request.ciaddr());
        if (busy != null) {
            return new Answer.Behind(busy);
        }
        int slot = table.slotOf(request.ciaddr());
        if (slot < 0 || !table.isActive(slot, now) || !table.isHeldBy(slot, request.key())) {
            return new Answer.Silent(DropReason.NOT_HOLDER);
        }
        ends.end(slot, LeaseLifecycle.Input.RELEASE, now);
        return new Answer.Noted();
    }

    /**
     * DHCPDECLINE: counts only from the holder of the lease or the offer. The address is withheld while that is
     * within the {@link DeclineBudget}, else it is the last to be given again.
     */
    public Answer decline(ClientRequest request, long now) {
        Ipv4 address = request.requestedIp();
        if (address == null) {
            return new Answer.Silent(DropReason.ADDRESS_MISSING);
        }
        if (request.serverId() != null && !request.serverIdIsOurs()) {
            return new Answer.Silent(DropReason.OTHER_SERVER);
        }
        PendingChange busy = changes.touching(request.key(), address);
        if (busy != null) {
            return new Answer.Behind(busy);
        }
        int slot = table.slotOf(address);
        boolean leased = slot >= 0 && table.isActive(slot, now) && table.isHeldBy(slot, request.key());
        Offer offer = slot < 0 ? null : table.offerOf(slot);
        boolean offered = offer != null && offer.key().equals(request.key());
        Subnet subnet = rights.link().subnetOf(address);
        if (subnet == null || (!leased && !offered)) {
            return new Answer.Silent(DropReason.NOT_HOLDER);
        }
        boolean withheld = conflicts.decline(request, address, subnet.network(), rights.link(), settings, now);
        offers.withdraw(request.key());
        if (leased) {
            ends.end(slot, LeaseLifecycle.Input.DECLINE, now);
        }
        table.space().postpone(address, slot);
        probes.declined(address);
        return withheld ? new Answer.Noted() : new Answer.Silent(DropReason.TOO_MANY_DECLINES);
    }

    /** What to answer when a change failed: the remaining time of a lease that is durable, else silence, never a NAK. */
    public Answer afterFailure(ClientRequest request, Assignment wanted, long now) {
        return grants.afterFailure(request, wanted, now);
    }

    // --- what probes find ---------------------------------------------------------------------------------------

    /** A probe that this engine started has ended; whoever waits for it goes on before this returns. */
    public void probed(ProbeResult result, long now) {
        probes.ended(result, settings, now);
    }

    /** Somebody answered a probe that had ended without an answer: an offer that is not acknowledged yet is withdrawn. */
    public void answeredLate(ProbeResult result, long now) {
        probes.answeredLate(result, settings, now);
    }

    // --- time, start and reload ---------------------------------------------------------------------------------

    /** Ends offers, leases and holds whose time has come; answers whether more of them wait for another turn. */
    public boolean tick(long now) {
        offers.lapse(now);
        boolean moreHolds = conflicts.endHolds(now);
        doubts.age(now);
        stock.age(settings, now);
        proofs.age(settings.probes(), now);
        ends.settle();
        boolean moreLeases = !settings.expirySuspended() && expire(now);
        return moreHolds || moreLeases;
    }

    private boolean expire(long now) {
        int slot = table.firstExpired(now);
        for (int i = 0; slot >= 0 && i < EXPIRIES_A_TURN; i++) {
            if (!ends.expire(slot, now, settings.journalsEveryExpiry())) {
                return false;
            }
            slot = table.firstExpired(now);
        }
        return slot >= 0;
    }

    /** Swaps the topology between two exchanges; leases, offers and pending changes stay. */
    public void reconfigure(Link link, EngineSettings newSettings) {
        this.settings = newSettings;
        records.reconfigure(newSettings);
        stock.retopology(link);
        rights.retopology(link);
        table.retopology(link);
    }

    /** Says that another engine has taken this one's addresses over; whoever still holds it must not ask it anything. */
    public void retire() {
        retired = true;
    }

    public boolean isRetired() {
        return retired;
    }
}
