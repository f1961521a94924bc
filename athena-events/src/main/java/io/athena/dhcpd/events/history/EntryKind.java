package io.athena.dhcpd.events.history;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What happened to an address. The code is the stored form and never changes for a kind; of two that one record tells of
 * the same second, the lower one came first.
 */
public enum EntryKind {
    /** A client got the address that it did not have the moment before. */
    GRANTED(6, true),
    /** A client was found to have it already: when the history began, or was imported. */
    KNOWN(5, true),
    /** The client still has it; its names, its subnet or its relay's words are others. */
    CHANGED(7, true),
    /** The client gave it back. */
    RELEASED(3, false),
    /** Its time was over. */
    EXPIRED(2, false),
    /** The client found it in use by somebody else. */
    DECLINED(4, false),
    /** Another client got it, and no end was seen before. */
    SUPERSEDED(1, false);

    private final int code;
    private final boolean holds;

    EntryKind(int code, boolean holds) {
        this.code = code;
        this.holds = holds;
    }

    int code() {
        return code;
    }

    /** Whether the client has the address from then on. */
    public boolean holds() {
        return holds;
    }

    /** Lower-case name, for people and programs. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable EntryKind ofCode(int code) {
        for (EntryKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }
}
