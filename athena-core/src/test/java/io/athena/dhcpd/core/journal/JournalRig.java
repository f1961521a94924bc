package io.athena.dhcpd.core.journal;

import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A journal in a folder of a test, with a disk that can be told to fail. */
final class JournalRig implements AutoCloseable {

    /** Room for a header and some four plain leases. */
    static final int SMALL = SegmentHeader.BYTES + 512;

    final Path folder;
    final FaultyFiles files = new FaultyFiles();
    final Meters meters = new Meters();
    final JournalSettings settings;
    Set<String> expected = Set.of();
    CommitWatch watch = new CommitWatch();
    private @Nullable FileJournal journal;

    JournalRig(Path folder, int segmentBytes, int queue) {
        this.folder = folder;
        this.settings = new JournalSettings(segmentBytes, queue, 1, 20_000_000L);
    }

    FileJournal start() {
        try {
            FileJournal started =
                    FileJournal.start(folder, settings, files, replay(), expected, meters, TimeSource.system());
            watch = new CommitWatch();
            started.listen(watch);
            journal = started;
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JournalReplay replay() {
        return replay(0);
    }

    JournalReplay replay(long applied) {
        try {
            return JournalReplay.read(folder, applied, applied);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Appends the lease of the n-th address and waits for its fate. */
    boolean commit(int n) {
        FileJournal open = journal;
        if (open == null) {
            throw new IllegalStateException("not started");
        }
        long sequence = open.append(RecordKind.LEASE, address(n), image(n), null);
        return sequence != LeaseJournal.REFUSED && watch.isDurable(sequence);
    }

    static int address(int n) {
        return LeaseFixtures.FIRST + n;
    }

    static byte[] image(int n) {
        return LeaseCodec.encode(LeaseFixtures.lease(n));
    }

    /** Removes what another start has added. */
    void removeAllBut(List<Path> segments) throws IOException {
        for (Path segment : segments()) {
            if (!segments.contains(segment)) {
                Files.delete(segment);
            }
        }
    }

    /** How many segments are kept, as the gauge says. */
    long kept() {
        return meters.gauges().entrySet().stream()
                .filter(gauge -> gauge.getKey().meter() == DhcpMeter.JOURNAL_SEGMENTS_KEPT)
                .mapToLong(gauge -> gauge.getValue().getAsLong())
                .sum();
    }

    /** Segment files, the oldest first. */
    List<Path> segments() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".seg")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        FileJournal open = journal;
        if (open != null) {
            open.close();
        }
    }
}
