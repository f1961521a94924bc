package io.athena.dhcpd.core.store;

import io.athena.dhcpd.core.journal.Changes;
import io.athena.dhcpd.core.journal.ConflictCodec;
import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.journal.JournalReplay;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.net.Ipv4;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Puts checkpoint and journal together and judges what is missing; reads only. */
final class StoreReader {

    /** Damaged addresses that are named one by one; a finding counts the others. */
    private static final int NAMED = 20;

    private final long now;
    private final long cautionSeconds;
    private final List<String> findings = new ArrayList<>();
    private Images leases = new Images();
    private Images conflicts = new Images();
    private Images exclusions = new Images();
    private CheckpointMark mark = CheckpointMark.NONE;
    private boolean missing;

    StoreReader(long now, long cautionSeconds) {
        this.now = now;
        this.cautionSeconds = cautionSeconds;
    }

    /** Reads a checkpoint as far as possible; false when it cannot be used for writing either. */
    boolean read(XodusCheckpoint checkpoint) {
        try {
            CheckpointMark found = checkpoint.mark();
            if (found == null) {
                lost("the checkpoint does not say any more how far it reaches");
            } else {
                mark = found;
            }
            checkpoint.loadConflicts(conflicts);
            checkpoint.loadExclusions(exclusions);
            checkpoint.loadLeases(leases);
        } catch (RuntimeException e) {
            lost("the checkpoint can be read only in part (" + leases.size() + " of " + mark.leases() + " leases): "
                    + e);
            return false;
        }
        if (leases.size() < mark.leases()) {
            lost("the checkpoint holds " + leases.size() + " leases, but " + mark.leases() + " were written");
        }
        int misplaced = leases.misplaced() + conflicts.misplaced() + exclusions.misplaced();
        if (misplaced > 0) {
            note(misplaced + " entries of the checkpoint were not where they belong");
        }
        return misplaced == 0;
    }

    /** Reports what was found amiss, although no record is gone. */
    void note(String finding) {
        findings.add(finding);
    }

    /** Reports that records are gone without a trace of their addresses. */
    void lost(String finding) {
        missing = true;
        findings.add(finding);
    }

    /** Reads what the journal holds beyond the checkpoint. */
    JournalReplay replay(Path journal) throws IOException {
        leases.forEachUnreadable(address -> missing = true);
        JournalReplay replay = JournalReplay.read(journal, mark.applied(), highestSequence());
        findings.addAll(replay.findings());
        missing |= replay.missing();
        Changes changes = replay.changes();
        leases = leases.merge(changes.leases());
        conflicts = conflicts.merge(changes.conflicts());
        exclusions = exclusions.merge(changes.exclusions());
        return replay;
    }

    private long highestSequence() {
        return Math.max(leases.highestSequence(), Math.max(conflicts.highestSequence(), exclusions.highestSequence()));
    }

    /** Adds all that was read to {@code changes}, so that the next checkpoint writes it anew. */
    void copyTo(Changes changes) {
        leases.copyTo(changes.leases());
        conflicts.copyTo(changes.conflicts());
        exclusions.copyTo(changes.exclusions());
    }

    CheckpointMark mark() {
        return mark;
    }

    /** When records were found to be lost, 0 when that is long ago or never was. */
    long cautionSince() {
        if (missing) {
            return Math.max(1, now);
        }
        return mark.cautionSince() != 0 && now - mark.cautionSince() < cautionSeconds ? mark.cautionSince() : 0;
    }

    Recovered result(JournalReplay replay) {
        TreeSet<Ipv4> damaged = new TreeSet<>();
        leases.forEachUnreadable(address -> damaged.add(new Ipv4(address)));
        conflicts.forEachUnreadable(address -> damaged.add(new Ipv4(address)));
        exclusions.forEachUnreadable(address -> damaged.add(new Ipv4(address)));
        damaged.stream().limit(NAMED).forEach(ip -> findings.add("the newest record of " + ip + " cannot be read"));
        if (damaged.size() > NAMED) {
            findings.add("nor can those of " + (damaged.size() - NAMED) + " more addresses");
        }
        long newestTime = newestTime();
        if (!missing && cautionSince() != 0) {
            findings.add("records were found to be lost " + (now - cautionSince()) + " s ago");
        }
        return new Recovered(
                leases,
                conflicts,
                exclusions,
                damaged.stream().map(Ipv4::bits).toList(),
                cautionSince() != 0,
                newestTime,
                replay.lastSequence(),
                List.copyOf(findings));
    }

    private long newestTime() {
        NewestTime newest = new NewestTime();
        leases.forEachReadable((address, image) -> newest.see(image, LeaseCodec::lastUpdatedOf));
        conflicts.forEachReadable((address, image) ->
                newest.see(image, bytes -> ConflictCodec.decode(bytes).detectedAt()));
        exclusions.forEachReadable((address, image) ->
                newest.see(image, bytes -> Exclusion.decode(bytes).since()));
        if (newest.undecodable > 0) {
            findings.add(newest.undecodable + " stored records are sound, but say nothing that can be understood");
        }
        return newest.seconds;
    }

    /** The time that a record tells. */
    private interface RecordTime {
        long of(byte[] image) throws CorruptRecordException;
    }

    private static final class NewestTime {
        private long seconds;
        private int undecodable;

        void see(byte[] image, RecordTime time) {
            try {
                seconds = Math.max(seconds, time.of(image));
            } catch (CorruptRecordException e) {
                undecodable++;
            }
        }
    }
}
