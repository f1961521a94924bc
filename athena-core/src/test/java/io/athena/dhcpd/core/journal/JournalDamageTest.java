package io.athena.dhcpd.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay says of a journal that was cut off, torn or changed. */
class JournalDamageTest {

    private static final int RECORDS = 9;

    @TempDir
    Path folder;

    private JournalRig rig;

    @BeforeEach
    void layOut() {
        rig = new JournalRig(folder, JournalRig.SMALL, 64);
    }

    /** Segments with records 1 to 9, each a batch of its own, closed in order. */
    private void writeRecords() {
        rig.start();
        for (int i = 1; i <= RECORDS; i++) {
            assertThat(rig.commit(i)).isTrue();
        }
        rig.close();
        assertThat(rig.segments()).hasSizeGreaterThan(1);
    }

    @Test
    void noFlippedBitLosesAnAcknowledgedRecordInSilence() throws IOException {
        writeRecords();
        List<Path> segments = rig.segments();
        for (Path segment : List.of(segments.get(0), segments.get(segments.size() - 1))) {
            byte[] sound = Files.readAllBytes(segment);
            for (int bit = 0; bit < 8 * sound.length; bit++) {
                if (sound[bit / 8] == 0 && bit % 8 != 0) {
                    continue;
                }
                byte[] flipped = sound.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                Files.write(segment, flipped);
                assertNothingIsLostInSilence(rig.replay(), segment + " bit " + bit);
            }
            Files.write(segment, sound);
        }
    }

    @Test
    void noDamagedSectorLosesAnAcknowledgedRecordInSilence() throws IOException {
        writeRecords();
        for (Path segment : rig.segments()) {
            byte[] sound = Files.readAllBytes(segment);
            for (int at = 0; at < sound.length; at += 64) {
                byte[] damaged = sound.clone();
                Arrays.fill(damaged, at, Math.min(at + 64, sound.length), (byte) 0x5a);
                Files.write(segment, damaged);
                JournalReplay replay = rig.replay();
                boolean hitTheProof =
                        at + 64 > endOfFrames(sound) - 2 * Frame.HEADER && replay.lastSequence() < RECORDS;
                if (!hitTheProof) {
                    assertNothingIsLostInSilence(replay, segment + " from byte " + at);
                }
            }
            Files.write(segment, sound);
        }
    }

    private static int endOfFrames(byte[] segment) {
        int end = segment.length;
        while (segment[end - 1] == 0) {
            end--;
        }
        return end;
    }

    /** Without AssertJ, since it is asked some ten thousand times. */
    private static void assertNothingIsLostInSilence(JournalReplay replay, String where) {
        ImageMap leases = replay.changes().leases();
        for (int i = 1; i <= RECORDS; i++) {
            byte[] image = leases.imageOf(JournalRig.address(i));
            boolean quarantined = leases.sequenceOf(JournalRig.address(i)) != 0;
            if (image == null && !quarantined && !replay.missing()) {
                throw new AssertionError("record " + i + " is lost in silence, " + where);
            }
            if (image != null && !Arrays.equals(image, JournalRig.image(i))) {
                throw new AssertionError("record " + i + " changed, " + where);
            }
        }
        if (leases.size() > RECORDS || replay.lastSequence() < RECORDS) {
            throw new AssertionError("an address too many or a sequence to be used twice, " + where);
        }
    }

    @Test
    void aDamagedBodyQuarantinesItsAddress() throws IOException {
        writeRecords();
        flip(rig.segments().get(0), SegmentHeader.BYTES + Frame.HEADER + 3);

        JournalReplay replay = rig.replay();

        assertThat(replay.missing()).isFalse();
        assertThat(replay.changes().leases().sequenceOf(JournalRig.address(1))).isEqualTo(1);
        assertThat(replay.changes().leases().imageOf(JournalRig.address(1))).isNull();
    }

    @Test
    void aLaterRecordOfTheSameAddressMakesUpForADamagedOne() throws IOException {
        rig.start();
        rig.commit(1);
        rig.commit(1);
        rig.close();
        flip(rig.segments().get(0), SegmentHeader.BYTES + Frame.HEADER + 3);

        assertThat(rig.replay().changes().leases().imageOf(JournalRig.address(1)))
                .isEqualTo(JournalRig.image(1));
    }

    @Test
    void damageThatTheCheckpointCoversIsNone() throws IOException {
        writeRecords();
        flip(rig.segments().get(0), SegmentHeader.BYTES + 9);

        assertThat(rig.replay().missing()).isTrue();
        assertThat(rig.replay(1).missing()).isFalse();
        assertThat(rig.replay(1).findings()).isEmpty();
    }

    @Test
    void aPowerCutAtAnyByteLeavesTheRecordsBeforeIt() throws IOException {
        rig = new JournalRig(folder, 1 << 12, 64);
        rig.start();
        for (int i = 1; i <= 6; i++) {
            rig.commit(i);
        }
        rig.close();
        Path segment = rig.segments().get(0);
        byte[] whole = Files.readAllBytes(segment);
        Map<Integer, Integer> ends = recordEnds(whole);
        for (int cut = SegmentHeader.BYTES; cut < ends.get(6); cut++) {
            byte[] torn = whole.clone();
            Arrays.fill(torn, cut, torn.length, (byte) 0);
            Files.write(segment, torn);
            JournalReplay replay = rig.replay();
            for (int i = 1; i <= 6; i++) {
                // Padding and trailing zeros of a body read the same when they were never written.
                boolean written = Arrays.equals(torn, 0, ends.get(i), whole, 0, ends.get(i));
                assertThat(replay.changes().leases().sequenceOf(JournalRig.address(i)))
                        .as("record %d, cut at byte %d", i, cut)
                        .isEqualTo(written ? i : 0);
            }
            assertThat(replay.missing())
                    .as("nothing after the cut was promised")
                    .isFalse();
        }
    }

    /** Sequence to the position after its frame. */
    private static Map<Integer, Integer> recordEnds(byte[] segment) {
        Map<Integer, Integer> ends = new TreeMap<>();
        int at = SegmentHeader.BYTES;
        while (Frame.kind(segment, at) != Frame.MARK) {
            ends.put((int) Frame.sequence(segment, at), Frame.end(segment, at));
            at = Frame.end(segment, at);
        }
        return ends;
    }

    @Test
    void aFileThatWasCutOffIsDamage() throws IOException {
        rig.start();
        rig.commit(1);
        rig.close();
        Path segment = rig.segments().get(0);
        byte[] whole = Files.readAllBytes(segment);
        for (int length = 0; length < whole.length; length++) {
            Files.write(segment, Arrays.copyOf(whole, length));
            assertThat(rig.replay().missing()).as("cut to %d bytes", length).isTrue();
        }
    }

    @Test
    void theTornTailOfTheLastBatchWasPromisedToNobody() throws IOException {
        rig = new JournalRig(folder, 1 << 12, 64);
        FileJournal journal = rig.start();
        rig.commit(1);
        rig.files.holdSyncs();
        rig.files.releaseSyncs();
        long last = 1;
        rig.files.holdSyncs();
        journal.append(RecordKind.LEASE, JournalRig.address(2), JournalRig.image(2), null);
        while (rig.files.syncs() < 3) {
            Thread.onSpinWait();
        }
        for (int i = 3; i <= 6; i++) {
            last = journal.append(RecordKind.LEASE, JournalRig.address(i), JournalRig.image(i), null);
        }
        rig.files.releaseSyncs();
        assertThat(rig.watch.isDurable(last)).isTrue();
        rig.close();
        Path segment = rig.segments().get(0);
        byte[] bytes = Files.readAllBytes(segment);
        int mark = recordEnds(bytes).get(6);
        Arrays.fill(bytes, mark, mark + Frame.HEADER, (byte) 0);
        int fourth = recordEnds(bytes).get(3);
        bytes[fourth + Frame.HEADER] ^= 1;
        Files.write(segment, bytes);

        JournalReplay replay = rig.replay();

        assertThat(replay.missing()).isFalse();
        assertThat(replay.changes().leases().sortedAddresses())
                .containsExactly(JournalRig.address(1), JournalRig.address(2), JournalRig.address(3));
        assertThat(replay.findings()).singleElement().asString().contains("unfinished write");
    }

    @Test
    void theTornTailStaysOutAfterTheJournalWentOn() throws IOException {
        theTornTailOfTheLastBatchWasPromisedToNobody();
        rig.start();
        assertThat(rig.commit(7)).isTrue();
        rig.close();

        JournalReplay replay = rig.replay();

        assertThat(replay.findings()).isEmpty();
        assertThat(replay.changes().leases().sortedAddresses())
                .containsExactly(
                        JournalRig.address(1), JournalRig.address(2), JournalRig.address(3), JournalRig.address(7));
        assertThat(replay.lastSequence()).isEqualTo(4);
    }

    @Test
    void aMissingSegmentIsNoticedWhereverItWas() throws IOException {
        writeRecords();
        int count = rig.segments().size();
        for (int i = 0; i < count; i++) {
            Path segment = rig.segments().get(i);
            byte[] bytes = Files.readAllBytes(segment);
            Files.delete(segment);
            boolean newest = i == count - 1;
            // Only the checkpoint can tell that the newest segment is gone.
            assertThat(rig.replay(newest ? RECORDS : 0).missing())
                    .as("segment %d", i)
                    .isTrue();
            Files.write(segment, bytes);
        }
        assertThat(rig.replay().missing()).isFalse();
    }

    @Test
    void anEmptyFolderBehindACheckpointIsNoticed() {
        assertThat(rig.replay(0).missing()).isFalse();
        assertThat(rig.replay(5).missing()).isTrue();
        assertThat(rig.replay(5).lastSequence()).isEqualTo(5);
    }

    @Test
    void damagedSegmentsCanBeAppendedAfter() throws IOException {
        writeRecords();
        Files.write(rig.segments().get(0), new byte[100]);
        rig.start();
        assertThat(rig.commit(50)).isTrue();
        rig.close();
        assertThat(rig.replay().changes().leases().imageOf(JournalRig.address(50)))
                .isNotNull();
        assertThat(rig.replay().missing()).isTrue();
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 0x10;
        Files.write(file, bytes);
    }
}
