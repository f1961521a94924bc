package io.athena.dhcpd.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the journal: spares wait to be used, one segment is in use, retired ones wait until a checkpoint holds
 * their records and become spares again. The journal thread activates and retires; the checkpoint thread recycles and
 * prepares spares.
 */
final class SegmentFolder {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentFolder.class);
    private static final String SPARE = ".spare";

    private final Path folder;
    private final JournalFiles files;
    private final JournalSettings settings;
    private final Queue<Path> spares = new ConcurrentLinkedQueue<>();
    private final Deque<JournalReplay.Found> retired = new ConcurrentLinkedDeque<>();
    private final AtomicLong spareNumber = new AtomicLong();

    SegmentFolder(Path folder, JournalFiles files, JournalSettings settings, List<JournalReplay.Found> found) {
        this.folder = folder;
        this.files = files;
        this.settings = settings;
        retired.addAll(found);
    }

    /** Takes over spares of an earlier run and deletes those that do not fit. */
    void adoptSpares() throws IOException {
        List<Path> left;
        try (Stream<Path> all = Files.list(folder)) {
            left = all.filter(f -> f.toString().endsWith(SPARE)).sorted().toList();
        }
        for (Path path : left) {
            if (spares.size() < settings.spares() && Files.size(path) == settings.segmentBytes()) {
                Path fresh = nextSpare();
                files.rename(path, fresh);
                spares.add(fresh);
            } else {
                files.delete(path);
            }
        }
    }

    /** Makes what earlier runs wrote durable, before anybody relies on having read it. */
    void syncFound() {
        for (JournalReplay.Found found : retired) {
            try (JournalFiles.SegmentFile file = files.open(found.path())) {
                file.sync();
            } catch (IOException e) {
                LOG.error(
                        "The lease journal {} was read but cannot be synced; a loss of power may undo it",
                        found.path(),
                        e);
            }
        }
    }

    /**
     * Turns a spare into the segment in use; when it returns, file and name are on stable storage. A spare that failed
     * is never used again.
     */
    Segment activate(SegmentHeader header) throws IOException {
        Path spare = spares.poll();
        if (spare == null) {
            spare = createSpare();
        }
        Path path = folder.resolve(
                String.format("%020d-%08d%s", header.first(), header.generation(), JournalReplay.SEGMENT));
        JournalFiles.SegmentFile file = null;
        try {
            file = files.open(spare);
            file.write(ByteBuffer.wrap(header.encode()), 0);
            file.sync();
            files.rename(spare, path);
            files.syncFolder(folder);
            return new Segment(path, header, file);
        } catch (IOException e) {
            discard(file, spare, path, e);
            throw e;
        }
    }

    private void discard(JournalFiles.@Nullable SegmentFile file, Path spare, Path path, IOException cause) {
        try {
            if (file != null) {
                file.close();
            }
            files.delete(spare);
            files.delete(path);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Keeps a segment that is written no more until a checkpoint reaches {@code last}. */
    void retire(Segment segment, long last) {
        retired.add(new JournalReplay.Found(segment.path(), segment.header(), last, last));
    }

    /** The retired segment of a generation; null when there is none. */
    JournalReplay.@Nullable Found retired(long generation) {
        JournalReplay.Found next = retiredAfter(generation - 1);
        SegmentHeader header = next == null ? null : next.header();
        return header != null && header.generation() == generation ? next : null;
    }

    /** The first retired segment after a generation; null when there is none. Any thread may ask. */
    JournalReplay.@Nullable Found retiredAfter(long generation) {
        for (JournalReplay.Found found : retired) {
            SegmentHeader header = found.header();
            if (header != null && header.generation() > generation) {
                return found;
            }
        }
        return null;
    }

    /** How many segments wait for a checkpoint or a follower. */
    int retiredCount() {
        return retired.size();
    }

    /** How many of them hold no record beyond a sequence. */
    int retiredCount(long upTo) {
        int count = 0;
        for (JournalReplay.Found found : retired) {
            count += found.last() <= upTo ? 1 : 0;
        }
        return count;
    }

    /** Reuses or deletes the segments whose records all have sequences up to {@code applied}. */
    void recycle(long applied) throws IOException {
        boolean changed = false;
        while (recycleNext(applied)) {
            changed = true;
        }
        if (changed) {
            files.syncFolder(folder);
        }
    }

    /** Does so with the oldest one only; whether there was one. */
    boolean recycleOldest(long applied) throws IOException {
        boolean changed = recycleNext(applied);
        if (changed) {
            files.syncFolder(folder);
        }
        return changed;
    }

    private boolean recycleNext(long applied) throws IOException {
        JournalReplay.Found oldest = retired.peek();
        if (oldest == null || oldest.last() > applied) {
            return false;
        }
        if (oldest.header() != null
                && spares.size() < settings.spares()
                && Files.size(oldest.path()) == settings.segmentBytes()) {
            Path spare = nextSpare();
            files.rename(oldest.path(), spare);
            spares.add(spare);
        } else {
            files.delete(oldest.path());
        }
        retired.remove();
        return true;
    }

    /** Makes sure that a spare is ready. */
    void prepareSpare() throws IOException {
        if (spares.isEmpty()) {
            spares.add(createSpare());
        }
    }

    private Path createSpare() throws IOException {
        Path spare = nextSpare();
        files.create(spare, settings.segmentBytes());
        files.syncFolder(folder);
        return spare;
    }

    private Path nextSpare() {
        Path spare;
        do {
            spare = folder.resolve(String.format("%04d%s", spareNumber.incrementAndGet(), SPARE));
        } while (Files.exists(spare));
        return spare;
    }
}
