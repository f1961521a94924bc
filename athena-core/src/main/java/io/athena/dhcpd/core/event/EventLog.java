package io.athena.dhcpd.core.event;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * The events of late, kept over restarts; the oldest give way. May be used by any thread. A write MAY be lost when the
 * machine loses power, and MUST NOT damage what was written before it.
 */
public interface EventLog {

    /**
     * An event to keep.
     *
     * @param type what kind it is
     * @param at epoch seconds
     * @param json the event as it is told outside the program
     */
    record Entry(EventType type, long at, byte[] json) {}

    /** An event as it was kept. @param id rises by one from event to event */
    record Kept(long id, Entry entry) {}

    /** Adds events, the oldest first. @throws IOException when they cannot be written; none of them is kept then */
    void append(List<Entry> entries) throws IOException;

    /**
     * The latest events of these types, the newest first.
     *
     * @param before only events with a lower id; {@link Long#MAX_VALUE} for all
     * @throws IOException when the log cannot be read
     */
    List<Kept> newest(int limit, Set<EventType> types, long before) throws IOException;
}
