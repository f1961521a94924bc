package io.athena.dhcpd.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.meter.DhcpMeter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest extends LeaseJournalContract {

    @TempDir
    Path folder;

    private JournalRig rig;
    private FileJournal journal;
    private boolean held;

    @BeforeEach
    void start() {
        rig = new JournalRig(folder, 1 << 16, 8192);
        journal = rig.start();
    }

    @AfterEach
    void stop() {
        if (held) {
            rig.files.releaseSyncs();
        }
        rig.close();
    }

    @Override
    LeaseJournal journal() {
        return journal;
    }

    @Override
    void commitSoon() {
        // The journal thread is on its way.
    }

    @Override
    void breakDisk() {
        rig.files.failWrites(1_000_000);
        rig.files.setFull(true);
    }

    @Override
    void fillQueue(int count) {
        rig.close();
        rig = new JournalRig(folder, 1 << 16, count);
        journal = rig.start();
        rig.files.holdSyncs();
        held = true;
        for (int i = 0; i < count; i++) {
            assertThat(append(i)).isPositive();
        }
    }

    @Test
    void aRecordIsThereAfterItsWatermarkWithoutAnyClose() {
        assertThat(rig.commit(1)).isTrue();
        assertThat(rig.replay().changes().leases().imageOf(JournalRig.address(1)))
                .isEqualTo(JournalRig.image(1));
    }

    @Test
    void whatWaitsWhileASyncRunsIsSyncedTogether() {
        rig.files.holdSyncs();
        int before = rig.files.syncs();
        append(0);
        long last = 0;
        for (int i = 1; i <= 500; i++) {
            last = append(i);
        }
        rig.files.releaseSyncs();
        assertThat(rig.watch.isDurable(last)).isTrue();
        assertThat(rig.files.syncs() - before).isBetween(1, 3);
        assertThat(rig.meters.counter(DhcpMeter.JOURNAL_RECORDS).sum()).isEqualTo(501);
        assertThat(rig.meters.counter(DhcpMeter.JOURNAL_BATCHES).sum()).isBetween(1L, 3L);
    }

    @Test
    void aRecordThatFitsNoSegmentIsRefused() {
        assertThat(journal.append(RecordKind.LEASE, 1, new byte[70_000], null)).isEqualTo(LeaseJournal.REFUSED);
        assertThat(journal.append(RecordKind.LEASE, 1, new byte[60_000], new byte[60_000]))
                .isEqualTo(LeaseJournal.REFUSED);
        assertThat(rig.commit(1)).isTrue();
    }

    @Test
    void aFailedSyncSealsTheFileAndGoesOnInAnother() {
        assertThat(rig.commit(1)).isTrue();
        rig.files.failSyncs(1);
        assertThat(rig.commit(2)).isFalse();
        assertThat(rig.commit(3)).isTrue();
        assertThat(rig.watch.failures()).containsExactly(new CommitWatch.Failed(2, 2));
        assertThat(rig.segments()).hasSize(2);
        assertThat(rig.meters.counter(DhcpMeter.JOURNAL_FAILURES).sum()).isEqualTo(1);

        ImageMap leases = rig.replay().changes().leases();
        assertThat(leases.imageOf(JournalRig.address(1))).isNotNull();
        assertThat(leases.imageOf(JournalRig.address(2)))
                .as("it was reported as failed")
                .isNull();
        assertThat(leases.imageOf(JournalRig.address(3))).isNotNull();
        assertThat(rig.replay().findings()).isEmpty();
    }

    @Test
    void aHalfWrittenBatchLeavesNothingBehind() {
        assertThat(rig.commit(1)).isTrue();
        rig.files.failWrites(1);
        assertThat(rig.commit(2)).isFalse();
        assertThat(rig.commit(3)).isTrue();
        JournalReplay replay = rig.replay();
        assertThat(replay.findings()).isEmpty();
        assertThat(replay.changes().leases().sequenceOf(JournalRig.address(2))).isZero();
        assertThat(replay.lastSequence()).isEqualTo(3);
    }

    @Test
    void aFullDiskRefusesAtASegmentChangeAndLosesNoAck() {
        rig.close();
        rig = new JournalRig(folder.resolve("small"), JournalRig.SMALL, 64);
        folder.resolve("small").toFile().mkdir();
        journal = rig.start();
        rig.files.setFull(true);
        int durable = 0;
        while (journal.isWritable() && rig.commit(durable)) {
            durable++;
        }
        assertThat(durable).isPositive();
        assertThat(journal.isWritable()).isFalse();
        assertThat(append(99)).isEqualTo(LeaseJournal.REFUSED);
        assertThat(rig.replay().changes().leases().size()).isEqualTo(durable);

        rig.files.setFull(false);
        while (!journal.isWritable()) {
            Thread.onSpinWait();
        }
        assertThat(rig.commit(100)).isTrue();
        rig.close();
        JournalReplay replay = rig.replay();
        assertThat(replay.changes().leases().size()).isEqualTo(durable + 1);
        assertThat(replay.findings()).isEmpty();
    }

    @Test
    void aDiskThatIsFullAtTheStartIsNoReasonNotToStart() {
        rig.close();
        Path other = folder.resolve("other");
        other.toFile().mkdir();
        rig = new JournalRig(other, 1 << 16, 64);
        rig.files.setFull(true);
        journal = rig.start();
        assertThat(journal.isWritable()).isFalse();
        assertThat(append(1)).isEqualTo(LeaseJournal.REFUSED);
        rig.files.setFull(false);
        while (!journal.isWritable()) {
            Thread.onSpinWait();
        }
        assertThat(rig.commit(1)).isTrue();
    }

    @Test
    void aListenerThatThrowsDisturbsNobodyElse() {
        journal.listen(new LeaseJournal.Listener() {
            @Override
            public void durable(long upTo) {
                throw new IllegalStateException("broken listener");
            }

            @Override
            public void failed(long from, long upTo) {
                throw new IllegalStateException("broken listener");
            }
        });
        CommitWatch behind = watch();
        assertThat(behind.isDurable(append(1))).isTrue();
        assertThat(behind.isDurable(append(2))).isTrue();
    }

    @Test
    void closingMakesDurableWhatWasAccepted() {
        long last = 0;
        for (int i = 0; i < 3000; i++) {
            last = append(i);
        }
        journal.close();
        assertThat(append(1)).isEqualTo(LeaseJournal.REFUSED);
        assertThat(rig.watch.isDurable(last)).isTrue();
        assertThat(rig.replay().changes().leases().size()).isEqualTo(3000);
    }

    @Test
    void sequencesGoOnOverManyReopenings() {
        for (int i = 0; i < 30; i++) {
            assertThat(rig.commit(i)).isTrue();
            assertThat(journal.watermark()).isEqualTo(i + 1);
            rig.close();
            assertThat(rig.replay().findings()).isEmpty();
            journal = rig.start();
        }
        assertThat(rig.replay().changes().leases().size()).isEqualTo(30);
    }

    @Test
    void recycledSegmentsNeverShowTheirFormerRecords() throws Exception {
        rig.close();
        Path small = folder.resolve("small");
        small.toFile().mkdir();
        rig = new JournalRig(small, JournalRig.SMALL, 64);
        journal = rig.start();
        for (int i = 0; i < 200; i++) {
            assertThat(rig.commit(i)).isTrue();
            long applied = journal.watermark();
            journal.recycle(applied);
            journal.prepareSpare();
            JournalReplay replay = rig.replay(applied - 1);
            assertThat(replay.findings()).isEmpty();
            assertThat(replay.lastSequence()).isEqualTo(applied);
            assertThat(replay.changes().leases().sortedAddresses()).containsExactly(JournalRig.address(i));
        }
        assertThat(rig.segments().size()).isLessThan(4);
    }

    @Test
    void theNewestImageOfAnAddressWins() {
        journal.append(RecordKind.LEASE, 7, new byte[] {1}, null);
        journal.append(RecordKind.CONFLICT, 7, new byte[] {2}, null);
        journal.append(RecordKind.EXCLUSION, 7, new byte[] {3}, new byte[] {9});
        journal.append(RecordKind.TERM, 0, new byte[] {4}, null);
        journal.append(RecordKind.EXPIRE, 7, new byte[] {5}, null);
        rig.close();
        Changes changes = rig.replay().changes();
        assertThat(changes.leases().imageOf(7)).containsExactly(5);
        assertThat(changes.conflicts().imageOf(7)).containsExactly(2);
        assertThat(changes.exclusions().imageOf(7)).containsExactly(3);
        assertThat(changes.upTo()).isEqualTo(5);
    }
}
