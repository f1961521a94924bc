package io.athena.dhcpd.events.history;

import org.jspecify.annotations.Nullable;

/**
 * Who had an address at a time.
 *
 * @param verdict what is known
 * @param entry who it was, null unless somebody had it
 * @param to when that ended; {@link #NOT_YET} when no end is known
 * @param since when the history begins, or was off from; 0 where that does not matter
 */
public record HistoryAnswer(Verdict verdict, @Nullable HistoryEntry entry, long to, long since) {

    /** No end is known. */
    public static final long NOT_YET = 0;

    /** What can be known. */
    public enum Verdict {
        /** Somebody had it. */
        HELD,
        /** Nobody had it. */
        NOBODY,
        /** The history does not reach back so far. */
        BEFORE,
        /** No history was kept at that time. */
        OFF
    }

    static HistoryAnswer of(Verdict verdict, long since) {
        return new HistoryAnswer(verdict, null, NOT_YET, since);
    }

    static HistoryAnswer held(HistoryEntry entry, long to) {
        return new HistoryAnswer(Verdict.HELD, entry, to, 0);
    }
}
