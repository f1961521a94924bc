package io.athena.dhcpd.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader behind the writer sees, and what is kept for it. */
class JournalTailTest {

    @TempDir
    Path folder;

    private final TailWatch watch = new TailWatch();
    private JournalRig rig;
    private FileJournal journal;

    @BeforeEach
    void start() {
        rig = new JournalRig(folder, JournalRig.SMALL, 64);
        journal = rig.start();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void commit(int from, int to) {
        for (int i = from; i <= to; i++) {
            assertThat(rig.commit(i)).isTrue();
        }
    }

    private void restart(String... expected) {
        rig.close();
        rig.expected = Set.of(expected);
        journal = rig.start();
    }

    private static List<Long> sequences(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void everyRecordIsSeenOnceAndInOrderOverManySegments() {
        JournalTail tail = journal.follow("names", 0);
        for (int round = 0; round < 5; round++) {
            commit(10 * round + 1, 10 * round + 10);
            assertThat(watch.readAll(tail)).isEqualTo(sequences(10L * round + 1, 10L * round + 10));
            assertThat(watch.readAll(tail)).isEmpty();
        }
        assertThat(rig.segments()).hasSizeGreaterThan(5);
        assertThat(tail.position()).isEqualTo(50);
        assertThat(tail.missed()).isZero();
        watch.seen.forEach(seen -> {
            assertThat(seen.address()).isEqualTo(JournalRig.address((int) seen.sequence()));
            assertThat(seen.image()).isEqualTo(JournalRig.image((int) seen.sequence()));
        });
    }

    @Test
    void aRecordShowsItsKindAndWhatItReplaced() {
        JournalTail tail = journal.follow("names", 0);
        byte[] previous = new Previous(null, "old.example.org", 7, new byte[] {1}).encode();
        journal.append(RecordKind.EXPIRE, 9, new byte[] {5, 6}, previous);
        rig.watch.isDurable(journal.append(RecordKind.EXCLUSION, 10, new byte[0], null));
        watch.readAll(tail);
        assertThat(watch.seen.get(0))
                .usingRecursiveComparison()
                .isEqualTo(new TailWatch.Seen(1, RecordKind.EXPIRE, 9, new byte[] {5, 6}, previous));
        assertThat(watch.seen.get(1))
                .usingRecursiveComparison()
                .isEqualTo(new TailWatch.Seen(2, RecordKind.EXCLUSION, 10, new byte[0], null));
    }

    @Test
    void aRecordThatIsWrittenAndNotSyncedIsNotSeen() throws Exception {
        JournalTail tail = journal.follow("names", 0);
        commit(1, 1);
        rig.files.holdSyncs();
        int before = rig.files.syncs();
        long sequence = journal.append(RecordKind.LEASE, JournalRig.address(2), JournalRig.image(2), null);
        while (rig.files.syncs() == before) {
            Thread.onSpinWait();
        }
        assertThat(watch.readAll(tail)).containsExactly(1L);
        rig.files.releaseSyncs();
        assertThat(rig.watch.isDurable(sequence)).isTrue();
        assertThat(watch.readAll(tail)).containsExactly(2L);
    }

    @Test
    void aRecordWhoseSyncFailedIsNeverSeenAlthoughItStandsThere() {
        JournalTail tail = journal.follow("names", 0);
        commit(1, 1);
        rig.files.failSyncs(1);
        assertThat(rig.commit(2)).isFalse();
        assertThat(watch.readAll(tail)).containsExactly(1L);
        commit(3, 4);
        assertThat(watch.readAll(tail)).containsExactly(3L, 4L);
        restart();
        assertThat(watch.readAll(journal.follow("history", 0))).containsExactly(1L, 3L, 4L);
        assertThat(tail.missed()).isZero();
    }

    @Test
    void recordsOfEarlierRunsAreSeenFromTheCursorOn() {
        commit(1, 12);
        for (int cursor = 0; cursor <= 12; cursor++) {
            restart("names");
            JournalTail tail = journal.follow("names", cursor);
            assertThat(watch.readAll(tail)).as("from %d", cursor).isEqualTo(sequences(cursor + 1, 12));
            assertThat(tail.missed()).isZero();
        }
        JournalTail tail = journal.follow("names", 12);
        commit(13, 14);
        assertThat(watch.readAll(tail)).containsExactly(13L, 14L);
    }

    @Test
    void aMarkIsNeverTakenForTheEnd() {
        JournalTail tail = journal.follow("names", 0);
        for (int i = 1; i <= 9; i++) {
            commit(i, i);
            assertThat(watch.readAll(tail)).containsExactly((long) i);
        }
    }

    @Test
    void aFollowerThatWasClosedFindsEverythingItHadNotReleased() throws IOException {
        JournalTail tail = journal.follow("names", 0);
        commit(1, 20);
        watch.readAll(tail);
        tail.release(11);
        tail.close();
        journal.recycle(20);
        assertThat(tail.read(10, watch)).isZero();
        JournalTail again = journal.follow("names", 11);
        assertThat(watch.readAll(again)).isEqualTo(sequences(12, 20));
        assertThat(again.missed()).isZero();
    }

    @Test
    void nothingIsRecycledUnderAFollowerAndEverythingOnceItIsReleased() throws IOException {
        JournalTail names = journal.follow("names", 0);
        JournalTail history = journal.follow("history", 0);
        commit(1, 30);
        int segments = rig.segments().size();
        journal.recycle(30);
        assertThat(rig.segments()).hasSize(segments);
        names.release(30);
        journal.recycle(30);
        assertThat(rig.segments()).hasSize(segments);
        assertThat(rig.kept()).isEqualTo(segments - 1L);
        history.release(14);
        journal.recycle(30);
        assertThat(watch.readAll(journal.follow("history", 14))).isEqualTo(sequences(15, 30));
        history.release(30);
        journal.recycle(30);
        assertThat(rig.segments()).hasSize(1);
        assertThat(rig.kept()).isZero();
    }

    @Test
    void whatACheckpointLacksIsKeptWhateverFollowersRelease() throws IOException {
        JournalTail tail = journal.follow("names", 0);
        commit(1, 30);
        int segments = rig.segments().size();
        tail.release(30);
        journal.recycle(0);
        assertThat(rig.segments()).hasSize(segments);
    }

    @Test
    void anExpectedFollowerFindsEverythingHoweverLateItComes() throws IOException {
        commit(1, 20);
        restart("names", "history");
        commit(21, 40);
        journal.recycle(40);
        JournalTail tail = journal.follow("names", 3);
        tail.release(40);
        journal.recycle(40);
        assertThat(watch.readAll(tail)).isEqualTo(sequences(4, 40));
        journal.unfollow("history");
        journal.recycle(40);
        assertThat(rig.segments()).hasSize(1);
    }

    @Test
    void whatIsGoneBeforeAFollowerCameCountsAsMissed() throws IOException {
        commit(1, 30);
        journal.recycle(30);
        commit(31, 40);
        JournalTail tail = journal.follow("names", 2);
        List<Long> seen = watch.readAll(tail);
        assertThat(seen).isEqualTo(sequences(seen.get(0), 40));
        assertThat(seen.get(0)).isGreaterThan(20);
        assertThat(tail.missed()).isEqualTo(40 - 2 - seen.size());
    }

    @Test
    void aCursorThatTheJournalHasNeverReachedIsNoReasonToWaitForIt() {
        commit(1, 5);
        restart();
        commit(6, 7);
        JournalTail tail = journal.follow("names", 5000);
        assertThat(watch.readAll(tail)).containsExactly(6L, 7L);
        assertThat(tail.missed()).isZero();
    }

    @Test
    void aVisitorThatThrowsIsShownTheSameRecordAgain() throws IOException {
        JournalTail tail = journal.follow("names", 0);
        commit(1, 3);
        assertThatThrownBy(() -> tail.read(10, (sequence, kind, address, image, previous) -> {
                    if (sequence == 2) {
                        throw new IllegalStateException("broken visitor");
                    }
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(tail.position()).isEqualTo(1);
        assertThat(watch.readAll(tail)).containsExactly(2L, 3L);
    }

    @Test
    void recordsLongerThanWhatIsReadAtOnceAreSeenWhole() {
        rig.close();
        rig = new JournalRig(folder.resolve("large"), 1 << 18, 64);
        assertThat(folder.resolve("large").toFile().mkdir()).isTrue();
        journal = rig.start();
        JournalTail tail = journal.follow("names", 0);
        byte[] image = new byte[65_000];
        byte[] previous = new byte[64_000];
        image[64_999] = 1;
        previous[63_999] = 2;
        for (int i = 1; i <= 5; i++) {
            journal.append(RecordKind.LEASE, i, image, previous);
            rig.watch.isDurable(journal.append(RecordKind.LEASE, i, new byte[] {3}, null));
        }
        assertThat(watch.readAll(tail)).isEqualTo(sequences(1, 10));
        assertThat(watch.seen.get(0).image()).isEqualTo(image);
        assertThat(watch.seen.get(8).previous()).isEqualTo(previous);
    }

    @Test
    void withoutRoomForASpareTheLeasesGoBeforeTheFollower() throws IOException {
        JournalTail tail = journal.follow("names", 0);
        rig.files.setFull(true);
        int durable = 0;
        for (int i = 1; i <= 60; i++) {
            durable += rig.commit(i) ? 1 : 0;
            journal.recycle(journal.watermark());
            prepareSpare();
            while (!journal.isWritable()) {
                Thread.onSpinWait();
            }
        }
        assertThat(durable).isGreaterThan(40);
        assertThat(rig.segments().size()).isLessThan(5);
        List<Long> seen = watch.readAll(tail);
        assertThat(seen).doesNotHaveDuplicates().isSorted();
        assertThat(tail.missed()).isGreaterThan(30);
        assertThat(tail.missed() + seen.size()).isGreaterThanOrEqualTo(durable);
    }

    private void prepareSpare() {
        try {
            journal.prepareSpare();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }
}
