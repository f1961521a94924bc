package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.engine.ConflictDesk.Outcome;
import io.athena.dhcpd.core.journal.ConflictCodec;
import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What people do to the addresses of a link: clear a conflict, exclude an address, include it again. An answer comes only
 * when the record is durable; an address has one such wish at a time, others wait behind it and are judged anew. Only
 * the link's lane may ask.
 */
public final class Interventions {

    private static final byte[] LIFTED = {};

    private final ConflictTable conflicts;
    private final Exclusions exclusions;
    private final LeaseJournal journal;
    private final CommitQueue commits;
    private final Map<Ipv4, Deque<Runnable>> behind = new HashMap<>();

    Interventions(ConflictTable conflicts, Exclusions exclusions, LeaseJournal journal, CommitQueue commits) {
        this.conflicts = conflicts;
        this.exclusions = exclusions;
        this.journal = journal;
        this.commits = commits;
    }

    /** Ends the conflict of an address, permanent or not, and forgets how often it had one. */
    public void clear(Ipv4 ip, long now, Consumer<Outcome> done) {
        if (waits(ip, () -> clear(ip, now, done))) {
            return;
        }
        Conflict judged = conflicts.of(ip);
        if (judged == null || (judged.resolved() && judged.count() == 0)) {
            done.accept(refused("there is no conflict on " + ip));
            return;
        }
        Conflict cleared = judged.cleared(now);
        write(ip, RecordKind.CONFLICT, ConflictCodec.encode(cleared), durable -> {
            Conflict current = Objects.requireNonNull(conflicts.of(ip));
            if (!durable) {
                done.accept(notWritten());
            } else if (current.equals(judged)) {
                conflicts.clear(cleared, now);
                done.accept(new Outcome(true, ""));
            } else if (current.resolved()) {
                // Its hold ended meanwhile, and the record of that came after the one that forgets the count.
                clear(ip, now, done);
            } else {
                done.accept(refused(ip + " was found in use again meanwhile"));
            }
        });
    }

    /** Withholds an address at once, and again gives it when that cannot be written; a new reason replaces the old. */
    public void exclude(Exclusion exclusion, Consumer<Outcome> done) {
        Ipv4 ip = exclusion.ip();
        if (waits(ip, () -> exclude(exclusion, done))) {
            return;
        }
        Exclusion former = exclusions.of(ip);
        exclusions.put(exclusion);
        write(ip, RecordKind.EXCLUSION, exclusion.encode(), durable -> {
            if (durable) {
                done.accept(new Outcome(true, ""));
                return;
            }
            if (former == null) {
                exclusions.remove(ip);
            } else {
                exclusions.put(former);
            }
            done.accept(notWritten());
        });
    }

    /** Undoes an exclusion; a conflict of the address withholds it still. */
    public void include(Ipv4 ip, Consumer<Outcome> done) {
        if (waits(ip, () -> include(ip, done))) {
            return;
        }
        if (exclusions.of(ip) == null) {
            done.accept(refused(ip + " is not excluded"));
            return;
        }
        write(ip, RecordKind.EXCLUSION, LIFTED, durable -> {
            if (durable) {
                exclusions.remove(ip);
            }
            done.accept(durable ? new Outcome(true, "") : notWritten());
        });
    }

    private boolean waits(Ipv4 ip, Runnable wish) {
        Deque<Runnable> waiting = behind.get(ip);
        if (waiting != null) {
            waiting.add(wish);
        }
        return waiting != null;
    }

    private void write(Ipv4 ip, RecordKind kind, byte[] image, PendingChange.Continuation written) {
        long sequence = journal.append(kind, ip.bits(), image, null);
        if (sequence == LeaseJournal.REFUSED) {
            written.settled(false);
            return;
        }
        behind.put(ip, new ArrayDeque<>());
        commits.afterwards(sequence, durable -> {
            Deque<Runnable> waiting = Objects.requireNonNull(behind.remove(ip));
            written.settled(durable);
            waiting.forEach(Runnable::run);
        });
    }

    private static Outcome refused(String why) {
        return new Outcome(false, why);
    }

    private static Outcome notWritten() {
        return refused("the lease store could not be written");
    }
}
