package io.athena.dhcpd.app.conflicts;

import io.athena.dhcpd.core.journal.ConflictCodec;
import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.journal.JournalFate;
import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.subnet.Topology;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes conflicts and exclusions in a store that this process holds alone; for one change. Each answers why it was
 * refused, or an empty text when it is durable. No event is told: nobody is there to hear it.
 */
final class OfflineConflicts {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LeaseStore store;
    private final Topology topology;
    private final String user;
    private final long now;

    /**
     * @param user who runs this process
     * @param now epoch seconds
     */
    OfflineConflicts(LeaseStore store, Topology topology, String user, long now) {
        this.store = store;
        this.topology = topology;
        this.user = user;
        this.now = now;
    }

    String clear(Ipv4 ip) throws InterruptedException {
        Conflict conflict = conflictOf(ip);
        if (conflict == null || (conflict.resolved() && conflict.count() == 0)) {
            return "there is no conflict on " + ip;
        }
        return write(RecordKind.CONFLICT, ip, ConflictCodec.encode(conflict.cleared(now)));
    }

    String exclude(Ipv4 ip, String reason) throws InterruptedException {
        if (topology.subnetOf(ip) == null) {
            return ip + " lies in no configured subnet";
        }
        String objection = Exclusion.objectionTo(reason);
        return objection.isEmpty()
                ? write(RecordKind.EXCLUSION, ip, new Exclusion(ip, reason, user, now).encode())
                : objection;
    }

    String include(Ipv4 ip) throws InterruptedException {
        Set<Ipv4> excluded = new HashSet<>();
        store.recovered().forEachExclusion((address, image) -> excluded.add(new Ipv4(address)));
        return excluded.contains(ip) ? write(RecordKind.EXCLUSION, ip, new byte[0]) : ip + " is not excluded";
    }

    private @Nullable Conflict conflictOf(Ipv4 ip) {
        Conflict[] found = new Conflict[1];
        store.recovered().forEachConflict((address, image) -> {
            if (address == ip.bits()) {
                found[0] = decoded(image);
            }
        });
        return found[0];
    }

    /** One that cannot be read withholds nothing by itself: a server quarantines its address when it starts. */
    private static @Nullable Conflict decoded(byte[] image) {
        try {
            return ConflictCodec.decode(image);
        } catch (CorruptRecordException e) {
            return null;
        }
    }

    private String write(RecordKind kind, Ipv4 ip, byte[] image) throws InterruptedException {
        LeaseJournal journal = store.journal();
        JournalFate fate = JournalFate.of(journal);
        long sequence = journal.append(kind, ip.bits(), image, null);
        return sequence != LeaseJournal.REFUSED && fate.reached(sequence, PATIENCE)
                ? ""
                : "the lease store could not be written";
    }
}
