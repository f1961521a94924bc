package io.athena.dhcpd.core.engine;

/** What is noted of an address besides leases, offers and changes. */
enum Mark {
    /** Somebody else uses it, or its record is damaged. */
    CONFLICT(1),
    /** A person took it out of allocation. */
    EXCLUSION(2),
    /** Somebody answered for it, but no record says so. */
    DOUBT(4),
    /** It is free, and set aside for whoever asks next; never withheld. */
    ASIDE(8);

    /** The bits of those that withhold an address. */
    static final int WITHHOLDING = CONFLICT.bit | EXCLUSION.bit | DOUBT.bit;

    private final int bit;

    Mark(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }
}
