package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.journal.ConflictCodec;
import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayPort;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Pool;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a link that are withheld because somebody else uses them or their record is damaged. The count of
 * conflicts outlives the hold; from the configured count on only a person ends it.
 */
final class ConflictTable {

    private final LeaseTable table;
    private final LeaseJournal journal;
    private final Map<Ipv4, Conflict> conflicts = new HashMap<>();
    private final PriorityQueue<Conflict> byHoldEnd =
            new PriorityQueue<>(Comparator.comparingLong(Conflict::holdUntil));
    private final DeclineBudget declines = new DeclineBudget();
    private int withheld;

    ConflictTable(LeaseTable table, LeaseJournal journal) {
        this.table = table;
        this.journal = journal;
    }

    /** Takes over a record from the store. */
    void load(Conflict conflict, Link link) {
        if (conflict.method() == Conflict.Method.CLIENT_DECLINE && !conflict.resolved()) {
            declines.charge(conflict.ip(), new DeclineBudget.Payers(null, null, poolStart(link, conflict.ip())));
        }
        Conflict former = conflicts.get(conflict.ip());
        if (former != null && !former.resolved()) {
            replace(former, stricter(former, conflict));
            return;
        }
        conflicts.put(conflict.ip(), conflict);
        if (!conflict.resolved()) {
            withhold(conflict);
        }
    }

    /** Withholds an address that its client found in use; false where the {@link DeclineBudget} is used up. */
    boolean decline(ClientRequest by, Ipv4 ip, Cidr subnet, Link link, EngineSettings settings, long now) {
        Conflict former = conflicts.get(ip);
        boolean held = former != null && !former.resolved();
        if (!held && !charge(by, ip, link)) {
            return false;
        }
        long hold = settings.conflictHold();
        detect(ip, subnet, Conflict.Method.CLIENT_DECLINE, by.mac(), now, hold, settings.maxConflicts());
        return true;
    }

    private boolean charge(ClientRequest by, Ipv4 ip, Link link) {
        Pool pool = link.poolOf(ip);
        DeclineBudget.Payers payers = new DeclineBudget.Payers(by.key(), RelayPort.of(by.relay()), poolStart(link, ip));
        if (!declines.allows(payers, pool == null ? 0 : table.space().capacityOf(pool))) {
            return false;
        }
        declines.charge(ip, payers);
        return true;
    }

    /** Records a probe's hit. */
    boolean answered(
            Ipv4 ip,
            Cidr subnet,
            Link link,
            Conflict.Method method,
            @Nullable MacAddress responder,
            @Nullable MacAddress intendedFor,
            EngineSettings settings,
            long now) {
        detect(ip, subnet, method, responder, now, settings.conflictHold(), settings.maxConflicts());
        return true;
    }

    /** Withholds an address and journals it; nobody waits for that record. */
    void detect(
            Ipv4 ip, Cidr subnet, Conflict.Method method, @Nullable MacAddress by, long now, long hold, int maximum) {
        Conflict former = conflicts.get(ip);
        int count = former == null ? 1 : former.count() + 1;
        boolean held = former != null && !former.resolved();
        boolean permanent =
                (held && former.permanent()) || (method != Conflict.Method.DAMAGED_RECORD && count >= maximum);
        long until = held ? Math.max(former.holdUntil(), now + hold) : now + hold;
        Conflict conflict = new Conflict(ip, subnet, method, by, now, until, count, permanent, false);
        journal.append(RecordKind.CONFLICT, ip.bits(), ConflictCodec.encode(conflict), null);
        if (held) {
            replace(former, conflict);
        } else {
            conflicts.put(ip, conflict);
            withhold(conflict);
        }
    }

    /** Gives back every address whose hold is over. */
    void endHolds(long now) {
        while (!byHoldEnd.isEmpty() && byHoldEnd.peek().holdUntil() <= now) {
            Conflict over = byHoldEnd.remove();
            Conflict resolved = new Conflict(
                    over.ip(),
                    over.subnet(),
                    over.method(),
                    over.responderMac(),
                    over.detectedAt(),
                    over.holdUntil(),
                    over.count(),
                    false,
                    true);
            conflicts.put(over.ip(), resolved);
            journal.append(RecordKind.CONFLICT, over.ip().bits(), ConflictCodec.encode(resolved), null);
            withheld--;
            declines.end(over.ip());
            table.setWithheld(over.ip(), LeaseTable.Mark.CONFLICT, false);
        }
    }

    /** The conflict of an address, resolved or not; null when it never had one. */
    @Nullable
    Conflict of(Ipv4 ip) {
        return conflicts.get(ip);
    }

    Collection<Conflict> all() {
        return conflicts.values();
    }

    int withheld() {
        return withheld;
    }

    /** One address has one hold: the address stays withheld until the stricter of the two is over. */
    private void replace(Conflict former, Conflict conflict) {
        conflicts.put(conflict.ip(), conflict);
        byHoldEnd.remove(former);
        scheduleEnd(conflict);
    }

    private static Conflict stricter(Conflict one, Conflict other) {
        return new Conflict(
                other.ip(),
                other.subnet(),
                other.method(),
                other.responderMac(),
                other.detectedAt(),
                Math.max(one.holdUntil(), other.holdUntil()),
                Math.max(one.count(), other.count()),
                one.permanent() || (other.permanent() && !other.resolved()),
                false);
    }

    private static @Nullable Ipv4 poolStart(Link link, Ipv4 ip) {
        Pool pool = link.poolOf(ip);
        return pool == null ? null : pool.range().first();
    }

    private void withhold(Conflict conflict) {
        withheld++;
        table.setWithheld(conflict.ip(), LeaseTable.Mark.CONFLICT, true);
        scheduleEnd(conflict);
    }

    private void scheduleEnd(Conflict conflict) {
        if (!conflict.permanent()) {
            byHoldEnd.add(conflict);
        }
    }
}
