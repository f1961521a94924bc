package io.athena.dhcpd.core.journal;

import org.jspecify.annotations.Nullable;

/** Durable changes that no checkpoint holds yet: the newest image of each address, and how far they reach. */
public final class Changes {

    private final ImageMap leases = new ImageMap();
    private final ImageMap conflicts = new ImageMap();
    private final ImageMap exclusions = new ImageMap();
    private long upTo;

    /** @param upTo the sequence up to which a checkpoint holds everything */
    public Changes(long upTo) {
        this.upTo = upTo;
    }

    /** Leases, also those that ran out. */
    public ImageMap leases() {
        return leases;
    }

    public ImageMap conflicts() {
        return conflicts;
    }

    /** Exclusions; an empty image lifts one. */
    public ImageMap exclusions() {
        return exclusions;
    }

    /** With these changes applied, a checkpoint holds every durable record up to this sequence. */
    public long upTo() {
        return upTo;
    }

    public void reach(long sequence) {
        upTo = Math.max(upTo, sequence);
    }

    /** The table that a record of this kind changes; null for kinds that are no state of an address. */
    public @Nullable ImageMap of(RecordKind kind) {
        return switch (kind) {
            case LEASE, EXPIRE -> leases;
            case CONFLICT -> conflicts;
            case EXCLUSION -> exclusions;
            case TERM -> null;
        };
    }

    /** Forgets the images; how far they reached is kept. */
    public void clear() {
        leases.clear();
        conflicts.clear();
        exclusions.clear();
    }

    /** Adds later changes. */
    public void addAll(Changes later) {
        leases.putAll(later.leases);
        conflicts.putAll(later.conflicts);
        exclusions.putAll(later.exclusions);
        reach(later.upTo);
    }

    public boolean isEmpty() {
        return leases.isEmpty() && conflicts.isEmpty() && exclusions.isEmpty();
    }
}
