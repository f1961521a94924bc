package io.athena.dhcpd.core.store;

import io.athena.dhcpd.core.journal.CommitWatch;
import io.athena.dhcpd.core.journal.FaultyFiles;
import io.athena.dhcpd.core.journal.JournalSettings;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.LeaseFixtures;
import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store in a folder of a test. */
final class StoreRig implements AutoCloseable {

    /** Small segments, checkpoints only on demand or when four segments are full. */
    static final StoreSettings SMALL =
            new StoreSettings(new JournalSettings(1 << 13, 1 << 12, 2, 20_000_000L), 4, 3600, 5, 3600, Set.of(), true);

    final Path dir;
    final FaultyFiles files = new FaultyFiles();
    final Meters meters = new Meters();
    private final StoreSettings settings;
    private final TimeSource time;
    CommitWatch watch = new CommitWatch();
    private @Nullable LeaseStore store;

    StoreRig(Path dir) {
        this(dir, SMALL, TimeSource.system());
    }

    StoreRig(Path dir, StoreSettings settings, TimeSource time) {
        this.dir = dir;
        this.settings = settings;
        this.time = time;
    }

    LeaseStore open() throws StoreException {
        LeaseStore opened = LeaseStore.open(dir, settings, files, meters, time);
        watch = new CommitWatch();
        opened.journal().listen(watch);
        store = opened;
        return opened;
    }

    LeaseStore store() {
        if (store == null) {
            throw new IllegalStateException("not open");
        }
        return store;
    }

    /** Appends leases of the addresses from..to-1 and waits until the last one's fate is known. */
    boolean commit(int from, int to) {
        long last = 0;
        for (int i = from; i < to; i++) {
            last = append(i);
        }
        return last != LeaseJournal.REFUSED && watch.isDurable(last);
    }

    /** Appends, after a wait where the queue is full; refused only by a journal that cannot write. */
    long append(int n) {
        LeaseJournal journal = store().journal();
        long sequence = journal.append(RecordKind.LEASE, address(n), image(n), null);
        while (sequence == LeaseJournal.REFUSED && journal.isWritable()) {
            LockSupport.parkNanos(100_000);
            sequence = journal.append(RecordKind.LEASE, address(n), image(n), null);
        }
        return sequence;
    }

    static int address(int n) {
        return LeaseFixtures.FIRST + n;
    }

    static byte[] image(int n) {
        return LeaseCodec.encode(LeaseFixtures.lease(n));
    }

    /** Asks for a checkpoint and waits for the end of one, which may be one that was under way. */
    void checkpoint() {
        long before = store().checkpointsMade();
        store().requestCheckpoint();
        while (store().checkpointsMade() == before) {
            LockSupport.parkNanos(100_000);
        }
    }

    static Map<Integer, byte[]> leases(RecoveredState state) {
        Map<Integer, byte[]> leases = new TreeMap<>(Integer::compareUnsigned);
        state.forEachLease(leases::put);
        return leases;
    }

    /** Copies a folder file by file, while it may be in use. */
    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> entries;
        try (Stream<Path> all = Files.list(from)) {
            entries = all.sorted().toList();
        }
        for (Path entry : entries) {
            Path target = to.resolve(entry.getFileName().toString());
            if (Files.isDirectory(entry)) {
                copy(entry, target);
            } else {
                try {
                    Files.copy(entry, target);
                } catch (NoSuchFileException goneMeanwhile) {
                    continue;
                }
            }
        }
    }

    @Override
    public void close() {
        LeaseStore open = store;
        if (open != null) {
            open.close();
        }
        store = null;
    }
}
