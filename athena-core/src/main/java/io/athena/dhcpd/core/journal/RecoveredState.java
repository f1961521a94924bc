package io.athena.dhcpd.core.journal;

import java.util.List;

/**
 * What a store folder held when it was opened: checkpoint plus replay, the newest image of each address. Read once, at
 * start, before the first append.
 */
public interface RecoveredState {

    /** Visits one stored image. */
    interface Visitor {

        /** @param address as {@code Ipv4.bits()}; @param image as it was appended; shared, must not be changed */
        void image(int address, byte[] image);
    }

    /** Visits the newest lease image of every address, in ascending order of unsigned address. */
    void forEachLease(Visitor visitor);

    /** Visits the newest conflict image of every address that has one. */
    void forEachConflict(Visitor visitor);

    /**
     * Visits every address that is excluded from allocation. One whose record cannot be read has an image that cannot be
     * decoded, since an exclusion has no end that could be waited for.
     */
    void forEachExclusion(Visitor visitor);

    /** Addresses, as {@code Ipv4.bits()}, whose newest record cannot be read: taken by somebody unknown. */
    List<Integer> damaged();

    /** Whether acknowledged commits are missing, so that an unrecorded address may still be somebody's. */
    boolean caution();

    /** The newest time in any record, epoch seconds; 0 when there is none. */
    long newestTime();

    /** The highest sequence found. */
    long lastSequence();

    /** What was found amiss, one sentence each for the log; empty when all is well. */
    List<String> findings();
}
