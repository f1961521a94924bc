package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.journal.ConflictCodec;
import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.Conflict.Method;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayPort;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Pool;
import io.athena.dhcpd.core.subnet.Subnet;
import java.util.Collection;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a link that are withheld because somebody else uses them or their record is damaged. The count of
 * conflicts outlives the hold; from the configured count on only a person ends it.
 */
final class ConflictTable {

    /** Holds that one turn ends, so that packets never wait long for it. */
    private static final int ENDS_A_TURN = 64;

    private final LeaseTable table;
    private final LeaseJournal journal;
    private final ConflictNews news;
    private final ConflictAlarm alarm;
    private final NavigableMap<Ipv4, Conflict> conflicts = new TreeMap<>();
    private final PriorityQueue<Conflict> byHoldEnd =
            new PriorityQueue<>(Comparator.comparingLong(Conflict::holdUntil));
    private final DeclineBudget declines = new DeclineBudget();
    private final ConflictBudget answers = new ConflictBudget();
    private final ConflictCounts counts = new ConflictCounts();
    private int withheld;

    ConflictTable(LeaseTable table, LeaseJournal journal, CommitQueue commits, EngineListeners listeners) {
        this.table = table;
        this.journal = journal;
        this.news = new ConflictNews(listeners.events(), commits, table);
        this.alarm = listeners.alarm();
    }

    /** Takes over a record from the store. */
    void load(Conflict stored, Link link) {
        Subnet subnet = link.subnetOf(stored.ip());
        Conflict conflict = subnet == null ? stored : stored.in(subnet.network());
        if (conflict.method() == Method.CLIENT_DECLINE && !conflict.resolved()) {
            declines.charge(conflict.ip(), new DeclineBudget.Payers(null, null, poolStart(link, conflict.ip())));
        }
        if (conflict.method() == Method.ARP_PROBE || conflict.method() == Method.ICMP_PROBE) {
            answers.charge(conflict.subnet(), conflict.detectedAt());
        }
        Conflict former = conflicts.get(conflict.ip());
        put(former != null && !former.resolved() ? stricter(former, conflict) : conflict);
    }

    /** Withholds an address that its client found in use; false where the {@link DeclineBudget} is used up. */
    boolean decline(ClientRequest by, Ipv4 ip, Cidr subnet, Link link, EngineSettings settings, long now) {
        if (!isHeld(ip) && !charge(by, ip, link)) {
            return false;
        }
        Conflict conflict = next(ip, subnet, Method.CLIENT_DECLINE, by.mac(), settings, now);
        record(conflict, sequence -> news.declined(conflict, by.mac(), sequence));
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

    /**
     * Withholds an address because a probe of it was answered; one that is withheld already stays so as it is. Where the
     * {@link ConflictBudget} of its subnet is used up, nothing is recorded and the alarm told.
     *
     * @param responder who answered; null when unknown
     * @param intendedFor the client that was to get the address; null when it was probed ahead of time
     * @return whether the address is withheld
     */
    boolean answered(
            Ipv4 ip,
            Cidr subnet,
            Link link,
            Method method,
            @Nullable MacAddress responder,
            @Nullable MacAddress intendedFor,
            EngineSettings settings,
            long now) {
        if (isHeld(ip)) {
            return true;
        }
        int limit = ConflictBudget.limit(capacity(subnet, link));
        if (!answers.allows(subnet, limit, now)) {
            alarm.unrecorded(subnet, limit);
            return false;
        }
        answers.charge(subnet, now);
        Conflict conflict = next(ip, subnet, method, responder, settings, now);
        record(conflict, sequence -> news.detected(conflict, intendedFor, sequence));
        return true;
    }

    private int capacity(Cidr subnet, Link link) {
        return link.pools().stream()
                .filter(pool -> pool.subnet().network().equals(subnet))
                .mapToInt(table.space()::capacityOf)
                .sum();
    }

    /** Withholds an address whose record cannot be read; what is known of a conflict stays known. */
    void quarantine(Ipv4 ip, Cidr subnet, EngineSettings settings, long now) {
        Conflict former = conflicts.get(ip);
        int count = former == null ? 0 : former.count();
        long until = now + settings.damageHold();
        Conflict damage = new Conflict(ip, subnet, Method.DAMAGED_RECORD, null, now, until, count, false, false);
        record(former != null && !former.resolved() ? stricter(damage, former) : damage, sequence -> {});
    }

    /** What the record of an address says after one conflict more. */
    private Conflict next(
            Ipv4 ip, Cidr subnet, Method method, @Nullable MacAddress by, EngineSettings settings, long now) {
        Conflict former = conflicts.get(ip);
        int count = former == null ? 1 : former.count() + 1;
        boolean held = former != null && !former.resolved();
        boolean permanent = (held && former.permanent()) || count >= settings.maxConflicts();
        long until = now + settings.conflictHold();
        return new Conflict(
                ip,
                subnet,
                method,
                by,
                now,
                held ? Math.max(former.holdUntil(), until) : until,
                count,
                permanent,
                false);
    }

    /** Journals a conflict, which nobody waits for. @param told is given the sequence of its record */
    private void record(Conflict conflict, LongConsumer told) {
        boolean was = isHeld(conflict.ip()) && conflicts.get(conflict.ip()).permanent();
        long sequence = append(conflict);
        put(conflict);
        told.accept(sequence);
        if (conflict.permanent() && !was) {
            news.permanent(conflict, sequence);
        }
    }

    private long append(Conflict conflict) {
        return journal.append(RecordKind.CONFLICT, conflict.ip().bits(), ConflictCodec.encode(conflict), null);
    }

    /** Gives back addresses whose hold is over; answers whether more wait for another turn. */
    boolean endHolds(long now) {
        for (int i = 0; i < ENDS_A_TURN && isHoldOver(now); i++) {
            Conflict resolved = byHoldEnd.element().ended();
            long sequence = append(resolved);
            put(resolved);
            news.holdEnded(resolved, now, sequence);
        }
        return isHoldOver(now);
    }

    private boolean isHoldOver(long now) {
        Conflict first = byHoldEnd.peek();
        return first != null && first.holdUntil() <= now;
    }

    /** Shows that a person cleared a conflict. @param cleared what its record says, durable already */
    void clear(Conflict cleared, long now) {
        boolean held = isHeld(cleared.ip());
        put(cleared);
        if (held) {
            news.cleared(cleared, now);
        }
    }

    /**
     * Whether the address of a slot is withheld from a client: not if all there is against it is that this very machine
     * was found to use it already.
     */
    boolean withholds(int slot, @Nullable MacAddress mac) {
        if (!table.isWithheld(slot)) {
            return false;
        }
        Conflict conflict = table.isHeldBack(slot) ? null : conflicts.get(table.addressOf(slot));
        return mac == null
                || conflict == null
                || conflict.method() != Method.ARP_PROBE
                || !mac.equals(conflict.responderMac());
    }

    /** The conflict of an address, resolved or not; null when it never had one. */
    @Nullable
    Conflict of(Ipv4 ip) {
        return conflicts.get(ip);
    }

    /** In the order of their addresses, resolved ones too. */
    Collection<Conflict> all() {
        return conflicts.values();
    }

    /** Those from an address on, in the order of their addresses. */
    Collection<Conflict> from(Ipv4 first) {
        return conflicts.tailMap(first, true).values();
    }

    /** How many addresses are withheld. */
    int withheld() {
        return withheld;
    }

    ConflictCounts counts() {
        return counts;
    }

    private boolean isHeld(Ipv4 ip) {
        Conflict conflict = conflicts.get(ip);
        return conflict != null && !conflict.resolved();
    }

    /** The one place where a record becomes what is known of its address, and the address withheld or not. */
    private void put(Conflict conflict) {
        boolean held = isHeld(conflict.ip());
        boolean holds = !conflict.resolved();
        Conflict former = conflicts.put(conflict.ip(), conflict);
        if (former != null) {
            byHoldEnd.remove(former);
            counts.remove(former);
        }
        counts.add(conflict);
        if (holds && !conflict.permanent()) {
            byHoldEnd.add(conflict);
        }
        if (!holds) {
            declines.end(conflict.ip());
        }
        if (held != holds) {
            withheld += holds ? 1 : -1;
            table.setWithheld(conflict.ip(), Mark.CONFLICT, holds);
        }
    }

    /** One address has one hold: the address stays withheld until the stricter of the two is over. */
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
}
