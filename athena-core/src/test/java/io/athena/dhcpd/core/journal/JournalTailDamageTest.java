package io.athena.dhcpd.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader of a journal that is damaged: it says what it missed, shows the rest, and always goes on. */
class JournalTailDamageTest {

    private static final int RECORDS = 9;
    private static final int FIRST_BODY = SegmentHeader.BYTES + Frame.HEADER;

    @TempDir
    Path folder;

    private final TailWatch watch = new TailWatch();
    private JournalRig rig;

    /** Segments with records 1 to 9, each a batch of its own. */
    @BeforeEach
    void writeRecords() {
        rig = new JournalRig(folder, JournalRig.SMALL, 64);
        rig.expected = Set.of("names");
        rig.start();
        for (int i = 1; i <= RECORDS; i++) {
            assertThat(rig.commit(i)).isTrue();
        }
        rig.close();
        assertThat(rig.segments()).hasSizeGreaterThan(2);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private interface Damage {
        void to(byte[] bytes);
    }

    private static void damage(Path segment, Damage damage) throws IOException {
        byte[] bytes = Files.readAllBytes(segment);
        damage.to(bytes);
        Files.write(segment, bytes);
    }

    /** Starts, reads everything, commits one more, and answers the records missed; all others were shown, unchanged. */
    private long missedAfterAStart(String where) {
        JournalTail tail = rig.start().follow("names", 0);
        List<Long> seen = watch.readAll(tail);
        assertThat(seen).as(where).doesNotHaveDuplicates().isSorted();
        watch.seen.forEach(s -> assertThat(s.image()).as(where).isEqualTo(JournalRig.image((int) s.sequence())));
        assertThat(seen.size() + tail.missed()).as(where).isEqualTo(RECORDS);
        watch.seen.clear();
        assertThat(rig.commit(10)).isTrue();
        assertThat(watch.readAll(tail)).as(where).hasSize(1);
        watch.seen.clear();
        rig.close();
        return tail.missed();
    }

    @Test
    void oneDamagedSectorCostsItsRecordsOnly() throws IOException {
        List<Path> segments = rig.segments();
        for (Path segment : segments.subList(0, segments.size() - 1)) {
            byte[] sound = Files.readAllBytes(segment);
            for (int at = SegmentHeader.BYTES; at < sound.length; at += 64) {
                int from = at;
                damage(segment, bytes -> Arrays.fill(bytes, from, from + 64, (byte) 0x5a));
                assertThat(missedAfterAStart(segment + " from byte " + at)).isLessThanOrEqualTo(2);
                Files.write(segment, sound);
                rig.removeAllBut(segments);
            }
        }
    }

    @Test
    void oneTurnedBitCostsOneRecordAtMost() throws IOException {
        List<Path> segments = rig.segments();
        Random random = new Random(8);
        for (int round = 0; round < 60; round++) {
            Path segment = segments.get(random.nextInt(segments.size() - 1));
            byte[] sound = Files.readAllBytes(segment);
            int bit = random.nextInt(8 * sound.length);
            damage(segment, bytes -> bytes[bit / 8] ^= (byte) (1 << bit % 8));
            assertThat(missedAfterAStart(segment + " bit " + bit)).isLessThanOrEqualTo(1);
            Files.write(segment, sound);
            rig.removeAllBut(segments);
        }
    }

    @Test
    void aDamagedBodyAndADamagedHeaderAreEachOneRecordMissed() throws IOException {
        damage(rig.segments().get(0), bytes -> bytes[FIRST_BODY + 3] ^= 1);
        damage(rig.segments().get(1), bytes -> bytes[SegmentHeader.BYTES + 9] ^= 1);
        assertThat(missedAfterAStart("body and header")).isEqualTo(2);
    }

    @Test
    void aSegmentThatIsGoneOrHasNoHeaderIsMissedWhole() throws IOException {
        Files.delete(rig.segments().get(0));
        damage(rig.segments().get(0), bytes -> Arrays.fill(bytes, 0, SegmentHeader.BYTES, (byte) 0));
        assertThat(missedAfterAStart("two segments")).isBetween(6L, 8L);
    }

    @Test
    void aSegmentThatWasCutOffIsMissedFromThere() throws IOException {
        Path segment = rig.segments().get(0);
        Files.write(segment, Arrays.copyOf(Files.readAllBytes(segment), SegmentHeader.BYTES + 50));
        assertThat(missedAfterAStart("cut")).isBetween(2L, 5L);
    }

    @Test
    void aFileThatIsDeletedUnderTheReaderIsMissed() throws IOException {
        JournalTail tail = rig.start().follow("names", 0);
        Files.delete(rig.segments().get(1));
        List<Long> seen = watch.readAll(tail);
        assertThat(seen).hasSizeLessThan(RECORDS).endsWith((long) RECORDS);
        assertThat(tail.missed()).isEqualTo(RECORDS - seen.size());
    }

    @Test
    void damageAtTheEndOfTheSegmentInUseIsPassedByTheNextRecord() throws IOException {
        JournalTail tail = rig.start().follow("names", RECORDS);
        assertThat(rig.commit(10)).isTrue();
        Path active = rig.segments().get(rig.segments().size() - 1);
        damage(active, bytes -> Arrays.fill(bytes, SegmentHeader.BYTES, SegmentHeader.BYTES + 80, (byte) 0));
        assertThat(watch.readAll(tail)).isEmpty();
        assertThat(tail.missed()).isEqualTo(1);
        assertThat(tail.position()).isEqualTo(10);
        assertThat(rig.commit(11)).isTrue();
        assertThat(watch.readAll(tail)).containsExactly(11L);
        assertThat(tail.missed()).isEqualTo(1);
    }

    @Test
    void aDiskThatDoesNotGiveItsBytesForAWhileCostsNothing() throws IOException {
        JournalTail tail = rig.start().follow("names", 0);
        assertThat(tail.read(2, watch)).isEqualTo(2);
        rig.files.failReads(2);
        rig.commit(10);
        assertThatThrownBy(() -> tail.read(10, watch)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> tail.read(10, watch)).isInstanceOf(IOException.class);
        watch.readAll(tail);
        assertThat(watch.seen)
                .extracting(TailWatch.Seen::sequence)
                .hasSize(10)
                .startsWith(1L)
                .endsWith(10L);
        assertThat(tail.missed()).isZero();
    }

    @Test
    void aPlaceThatTheDiskNeverGivesIsPassedInTheEnd() throws IOException {
        Path large = folder.resolve("large");
        Files.createDirectory(large);
        rig = new JournalRig(large, 1 << 16, 512);
        FileJournal journal = rig.start();
        JournalTail tail = journal.follow("names", 0);
        rig.files.spoil(20_000, 20_001);
        long last = 0;
        for (int i = 1; i <= 300; i++) {
            last = journal.append(RecordKind.LEASE, JournalRig.address(i), JournalRig.image(i), null);
        }
        assertThat(rig.watch.isDurable(last)).isTrue();
        for (int attempt = 0; attempt < 20 && tail.position() < last; attempt++) {
            try {
                watch.readAll(tail);
            } catch (java.io.UncheckedIOException e) {
                assertThat(e).hasMessageContaining("Input/output error");
            }
        }
        assertThat(watch.seen.size() + tail.missed()).isEqualTo(300);
        assertThat(tail.missed()).isBetween(1L, 60L);
    }
}
