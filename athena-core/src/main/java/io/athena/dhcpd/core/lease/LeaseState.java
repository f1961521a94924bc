package io.athena.dhcpd.core.lease;

import java.util.Locale;

/** What an address is to its last client; the legal ways between states stand in {@code LeaseTransitions}. */
public enum LeaseState {
    /** Nobody's. */
    FREE(0),
    /** Held for a client that was sent an OFFER; in memory only. */
    OFFERED(1),
    /** Leased until the expiry. */
    ACTIVE(2),
    /** Past its expiry; remembered so that the client gets the address back while it is free. */
    EXPIRED(3),
    /** Given back by the client; remembered likewise. */
    RELEASED(4),
    /** Reported in use by its client (RFC 2131 section 4.3.3) and withheld until the hold ends. */
    DECLINED(5);

    private final int code;

    LeaseState(int code) {
        this.code = code;
    }

    /** The stored form; never changes for a state. */
    public int code() {
        return code;
    }

    /** The state of a stored code. @throws IllegalArgumentException when there is none */
    public static LeaseState ofCode(int code) {
        for (LeaseState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IllegalArgumentException("no lease state has the code " + code);
    }

    /** Lower-case name, for logs, CSV, JSON and meters. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
