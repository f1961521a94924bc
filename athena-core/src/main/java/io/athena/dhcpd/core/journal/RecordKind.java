package io.athena.dhcpd.core.journal;

import org.jspecify.annotations.Nullable;

/** What a journal record says about its address; the code is the stored form and never changes for a kind. */
public enum RecordKind {
    /** The new image of a lease. */
    LEASE(1),
    /** The image of a lease that ran out. */
    EXPIRE(2),
    /** The new image of a conflict. */
    CONFLICT(3),
    /** An address excluded from allocation, or (with an empty image) no longer so. */
    EXCLUSION(4),
    /** A new term; address 0. */
    TERM(5);

    private final int code;

    RecordKind(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The kind of a stored code, null when there is none. */
    static @Nullable RecordKind ofCode(int code) {
        for (RecordKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }
}
