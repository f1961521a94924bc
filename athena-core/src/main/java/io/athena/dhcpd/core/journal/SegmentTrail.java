package io.athena.dhcpd.core.journal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which segments there are, and how far each is durable, for readers on other threads. Frames beyond that may stand in a
 * file: of a batch that is being written, or of one that failed.
 */
final class SegmentTrail {

    /**
     * A segment at one moment.
     *
     * @param durable the highest durable sequence that can be in it
     * @param sealed whether it is written no more, so that {@code durable} is final
     */
    record Part(Path path, SegmentHeader header, long durable, boolean sealed) {}

    private final SegmentFolder folder;
    private final JournalWriter writer;

    SegmentTrail(SegmentFolder folder, JournalWriter writer) {
        this.folder = folder;
        this.writer = writer;
    }

    /** The highest durable sequence of all; one volatile read. */
    long synced() {
        return writer.synced();
    }

    /** The segment of a generation; null when it is in use no more. */
    @Nullable
    Part part(long generation) {
        Segment active = writer.segment();
        if (active != null && active.header().generation() == generation) {
            long durable = writer.synced();
            // The writer seals a segment, and only then forgets it: still in use means that all of this is in it.
            if (writer.segment() == active) {
                return new Part(active.path(), active.header(), durable, false);
            }
        }
        return sealed(folder.retired(generation));
    }

    /** The segment after a generation; null when none has been begun. */
    @Nullable
    Part after(long generation) {
        // In this order: what was sealed before this one was begun is found among the retired.
        Segment active = writer.segment();
        Part sealed = sealed(folder.retiredAfter(generation));
        if (sealed != null || active == null || active.header().generation() <= generation) {
            return sealed;
        }
        return part(active.header().generation());
    }

    private static @Nullable Part sealed(JournalReplay.@Nullable Found found) {
        SegmentHeader header = found == null ? null : found.header();
        return header == null ? null : new Part(found.path(), header, found.durable(), true);
    }
}
