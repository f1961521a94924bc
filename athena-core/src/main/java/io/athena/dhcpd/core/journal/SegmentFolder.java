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

/**
 * The files of the journal: spares wait to be used, one segment is in use, retired ones wait until a checkpoint holds
 * their records and become spares again. The journal thread activates and retires; the checkpoint thread recycles and
 * prepares spares.
 */
final class SegmentFolder {

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
    void syncFound() throws IOException {
        for (JournalReplay.Found found : retired) {
            try (JournalFiles.SegmentFile file = files.open(found.path())) {
                file.sync();
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
    void retire(Path path, long last) {
        retired.add(new JournalReplay.Found(path, last));
    }

    /** How many segments wait for a checkpoint. */
    int retiredCount() {
        return retired.size();
    }

    /** Reuses or deletes the segments whose records all have sequences up to {@code applied}. */
    void recycle(long applied) throws IOException {
        boolean changed = false;
        for (JournalReplay.Found oldest = retired.peek();
                oldest != null && oldest.last() <= applied;
                oldest = retired.peek()) {
            if (spares.size() < settings.spares() && Files.size(oldest.path()) == settings.segmentBytes()) {
                Path spare = nextSpare();
                files.rename(oldest.path(), spare);
                spares.add(spare);
            } else {
                files.delete(oldest.path());
            }
            retired.remove();
            changed = true;
        }
        if (changed) {
            files.syncFolder(folder);
        }
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
