package io.athena.dhcpd.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What every {@link LeaseJournal} promises. */
abstract class LeaseJournalContract {

    static final byte[] IMAGE = LeaseCodec.encode(LeaseFixtures.lease(1));

    /** The journal under test, empty. */
    abstract LeaseJournal journal();

    /** Brings about that what was appended becomes durable, now or soon. */
    abstract void commitSoon();

    /** Brings about that nothing can be written. */
    abstract void breakDisk();

    /** Brings about that further appends find {@code count} others waiting that nobody writes. */
    abstract void fillQueue(int count);

    @Test
    void sequencesRiseByOne() {
        long first = append(1);
        assertThat(first).isPositive();
        assertThat(append(2)).isEqualTo(first + 1);
        assertThat(append(3)).isEqualTo(first + 2);
    }

    @Test
    void anAppendIsToldDurableAndTheWatermarkReachesIt() {
        CommitWatch watch = watch();
        long sequence = append(1);
        commitSoon();
        assertThat(watch.isDurable(sequence)).isTrue();
        assertThat(journal().watermark()).isEqualTo(sequence);
    }

    @Test
    void everyAppendOfManyThreadsIsAnsweredOnceAndHasItsOwnSequence() throws InterruptedException {
        CommitWatch watch = watch();
        ConcurrentLinkedQueue<Long> accepted = new ConcurrentLinkedQueue<>();
        List<Thread> lanes = new ArrayList<>();
        for (int lane = 0; lane < 4; lane++) {
            int offset = lane * 1000;
            lanes.add(new Thread(() -> {
                for (int i = 0; i < 1000; i++) {
                    accepted.add(append(offset + i));
                }
            }));
        }
        lanes.forEach(Thread::start);
        for (Thread lane : lanes) {
            lane.join();
        }
        commitSoon();

        Set<Long> distinct = new HashSet<>(accepted);
        assertThat(distinct).hasSize(4000).doesNotContain(LeaseJournal.REFUSED);
        distinct.forEach(sequence -> assertThat(watch.isDurable(sequence)).isTrue());
    }

    @Test
    void aBrokenDiskIsToldOnceAndThenRefusesAtTheDoor() {
        CommitWatch watch = watch();
        breakDisk();
        long sequence = append(1);
        assertThat(watch.isDurable(sequence)).isFalse();
        assertThat(journal().isWritable()).isFalse();
        assertThat(append(2)).isEqualTo(LeaseJournal.REFUSED);
        assertThat(journal().watermark()).isEqualTo(sequence);
    }

    @Test
    void aFullQueueRefuses() {
        fillQueue(8);
        assertThat(append(9)).isEqualTo(LeaseJournal.REFUSED);
    }

    long append(int n) {
        return journal().append(RecordKind.LEASE, LeaseFixtures.FIRST + n, IMAGE, null);
    }

    CommitWatch watch() {
        CommitWatch watch = new CommitWatch();
        journal().listen(watch);
        return watch;
    }
}
