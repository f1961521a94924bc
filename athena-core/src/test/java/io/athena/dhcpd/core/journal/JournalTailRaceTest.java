package io.athena.dhcpd.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers beside a writer that hurries, fails, restarts and is killed: they see what is durable, and nothing else. */
class JournalTailRaceTest {

    @TempDir
    Path folder;

    @Test
    void aReaderBesideAWriterAtFullSpeedSeesEveryRecordWhileSegmentsAreReused() throws Exception {
        int records = 30_000;
        JournalRig rig = new JournalRig(folder, 1 << 16, 1024);
        FileJournal journal = rig.start();
        JournalTail tail = journal.follow("names", 0);
        AtomicReference<Exception> failure = new AtomicReference<>();
        Thread writer = new Thread(() -> append(journal, records));
        Thread checkpoints = new Thread(() -> {
            try {
                while (journal.watermark() < records) {
                    journal.recycle(journal.watermark());
                    journal.prepareSpare();
                    LockSupport.parkNanos(100_000);
                }
            } catch (IOException e) {
                failure.set(e);
            }
        });
        writer.start();
        checkpoints.start();
        List<Long> seen = new ArrayList<>();
        while (tail.position() < records) {
            tail.read(500, (sequence, kind, address, image, previous) -> {
                assertThat(address).isEqualTo(JournalRig.address((int) sequence % 1000));
                assertThat(image).isEqualTo(JournalRig.image((int) sequence % 1000));
                seen.add(sequence);
            });
            tail.release(tail.position());
        }
        writer.join();
        checkpoints.join();
        journal.recycle(records);
        assertThat(failure.get()).isNull();
        assertThat(tail.missed()).isZero();
        assertThat(seen).hasSize(records).isSorted().startsWith(1L).endsWith((long) records);
        assertThat(rig.segments()).hasSize(1);
        rig.close();
    }

    private static void append(FileJournal journal, int records) {
        byte[][] images = new byte[1000][];
        for (int n = 0; n < images.length; n++) {
            images[n] = JournalRig.image(n);
        }
        for (int i = 1; i <= records; i++) {
            while (journal.append(RecordKind.LEASE, JournalRig.address(i % 1000), images[i % 1000], null) < 0) {
                LockSupport.parkNanos(10_000);
            }
        }
    }

    /** One follower as it lives on over restarts: what it saved is its cursor. */
    private static final class Reader {
        final String name;
        final List<Long> seen = new ArrayList<>();
        JournalTail tail;
        long missed;

        Reader(String name, FileJournal journal) {
            this.name = name;
            tail = journal.follow(name, 0);
        }

        void read(int limit) throws IOException {
            tail.read(limit, (sequence, kind, address, image, previous) -> {
                assertThat(image).isEqualTo(JournalRig.image(address - JournalRig.address(0)));
                seen.add(sequence);
            });
            tail.release(tail.position());
        }

        void restart(FileJournal journal) {
            missed += tail.missed();
            tail = journal.follow(name, tail.position());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void followersSeeExactlyTheDurableRecordsWhateverFails(long seed) throws IOException {
        Random random = new Random(seed);
        JournalRig rig = new JournalRig(folder, JournalRig.SMALL + 8 * random.nextInt(200), 256);
        rig.expected = Set.of("eager", "lazy");
        FileJournal journal = rig.start();
        Reader eager = new Reader("eager", journal);
        Reader lazy = new Reader("lazy", journal);
        List<Long> durable = new ArrayList<>();
        for (int round = 0; round < 120; round++) {
            switch (random.nextInt(8)) {
                case 0 -> rig.files.failWrites(1 + random.nextInt(2));
                case 1 -> rig.files.failSyncs(1 + random.nextInt(2));
                case 2 -> journal.recycle(journal.watermark());
                case 3 -> lazy.read(random.nextInt(30));
                default -> eager.read(1 + random.nextInt(20));
            }
            appendAndNote(rig, journal, 1 + random.nextInt(12), durable);
            rig.files.failWrites(0);
            rig.files.failSyncs(0);
            // A journal that ends without a new segment cannot seal what failed: the next run believes what it finds.
            awaitSegment(journal);
            if (random.nextInt(15) == 0) {
                rig.close();
                journal = rig.start();
                eager.restart(journal);
                lazy.restart(journal);
            }
        }
        Path killed = Files.createDirectory(folder.resolve("killed"));
        for (Path segment : rig.segments()) {
            Files.copy(segment, killed.resolve(segment.getFileName()));
        }
        long cursor = lazy.tail.position();
        assertEverythingIsSeen(eager, durable);
        assertEverythingIsSeen(lazy, durable);
        rig.close();

        JournalRig revived = new JournalRig(killed, rig.settings.segmentBytes(), 256);
        TailWatch watch = new TailWatch();
        JournalTail tail = revived.start().follow("lazy", cursor);
        assertThat(watch.readAll(tail))
                .isEqualTo(durable.stream().filter(s -> s > cursor).toList());
        assertThat(tail.missed()).isZero();
        revived.close();
    }

    private static void assertEverythingIsSeen(Reader reader, List<Long> durable) throws IOException {
        reader.read(Integer.MAX_VALUE);
        assertThat(reader.seen).as(reader.name).isEqualTo(durable);
        assertThat(reader.missed + reader.tail.missed()).as(reader.name).isZero();
    }

    private static void awaitSegment(FileJournal journal) {
        while (!journal.isWritable()) {
            Thread.onSpinWait();
        }
    }

    private static void appendAndNote(JournalRig rig, FileJournal journal, int count, List<Long> durable) {
        List<Long> appended = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            awaitSegment(journal);
            long sequence = journal.append(RecordKind.LEASE, JournalRig.address(i), JournalRig.image(i), null);
            if (sequence != LeaseJournal.REFUSED) {
                appended.add(sequence);
            }
        }
        appended.stream().filter(sequence -> rig.watch.isDurable(sequence)).forEach(durable::add);
    }
}
