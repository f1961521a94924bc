package io.athena.dhcpd.core.journal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the segments of a {@link FileJournal}, from the oldest that is needed into the one that is written. */
final class FileTail implements JournalTail {

    private static final Logger LOG = LoggerFactory.getLogger(FileTail.class);

    private final String name;
    private final SegmentTrail trail;
    private final JournalFiles files;
    private final Followers followers;

    private @Nullable SegmentReader reader;
    private long generation;
    private long position;
    private long missed;
    private boolean complained;
    private boolean closed;

    /** @param from the sequence up to which the follower knows everything */
    FileTail(String name, long from, SegmentTrail trail, JournalFiles files, Followers followers) {
        this.name = name;
        this.position = from;
        this.trail = trail;
        this.files = files;
        this.followers = followers;
    }

    @Override
    public int read(int limit, Visitor visitor) throws IOException {
        int visited = 0;
        while (visited < limit && !closed && trail.synced() > position) {
            SegmentTrail.Part part = trail.part(generation);
            if (part == null || part.sealed() && part.durable() <= position) {
                part = trail.after(generation);
                if (part == null) {
                    break;
                }
                enter(part);
            } else if (part.durable() > position) {
                visited += readPart(part, limit - visited, visitor);
            } else {
                break;
            }
        }
        return visited;
    }

    /** Goes on in another segment; its header tells what must have been durable before it. */
    private void enter(SegmentTrail.Part part) {
        closeReader();
        generation = part.header().generation();
        complained = false;
        lose(part.header().sealed(), part, "gone");
        // Sequences between what was sealed and the first of this segment were given to records that failed.
        position = Math.max(position, part.header().first() - 1);
    }

    private int readPart(SegmentTrail.Part part, int limit, Visitor visitor) throws IOException {
        SegmentReader open = reader;
        if (open == null) {
            open = new SegmentReader(files, part);
            reader = open;
        }
        int visited = 0;
        while (visited < limit && position < part.durable()) {
            boolean found;
            try {
                found = open.next(position, part.durable());
            } catch (NoSuchFileException e) {
                found = false;
            }
            if (found) {
                visited += visit(open, part, visitor);
            } else {
                lose(part.durable(), part, "unreadable");
            }
        }
        return visited;
    }

    /** Visits the record that the reader found; a visitor that throws sees it again. */
    private int visit(SegmentReader found, SegmentTrail.Part part, Visitor visitor) throws IOException {
        long sequence = found.sequence();
        lose(sequence - 1, part, "unreadable");
        boolean sound = found.bodyIsSound();
        RecordKind kind = found.kind();
        if (!sound || kind == null) {
            lose(sequence, part, "unreadable");
            return 0;
        }
        visitor.record(sequence, kind, found.address(), found.image(), found.previous());
        position = sequence;
        return 1;
    }

    /** Gives up what was not visited up to a sequence. */
    private void lose(long upTo, SegmentTrail.Part part, String why) {
        if (upTo <= position) {
            return;
        }
        missed = missed + upTo - position;
        if (!complained) {
            LOG.warn(
                    "The follower {} misses records {} to {} of the lease journal: they are {} (at segment {})",
                    name,
                    position + 1,
                    upTo,
                    why,
                    part.path().getFileName());
        }
        complained = true;
        position = upTo;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long missed() {
        return missed;
    }

    @Override
    public void release(long upTo) {
        followers.release(name, upTo);
    }

    @Override
    public void close() {
        closed = true;
        closeReader();
    }

    private void closeReader() {
        SegmentReader open = reader;
        reader = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.debug("Closing a segment of the lease journal after reading failed", e);
            }
        }
    }
}
