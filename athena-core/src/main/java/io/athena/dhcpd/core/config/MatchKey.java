package io.athena.dhcpd.core.config;

import java.util.Locale;

/** What clients can be matched by. */
public enum MatchKey {
    /** Sub-option 1 of option 82 (RFC 3046 section 3.1). */
    CIRCUIT_ID,
    /** Sub-option 2 of option 82 (RFC 3046 section 3.2). */
    REMOTE_ID,
    /** Option 60 (RFC 2132 section 9.13). */
    VENDOR_CLASS,
    /** Option 77 (RFC 3004). */
    USER_CLASS,
    /** The hardware address. */
    MAC,
    /** Option 93, by number (RFC 4578 section 2.1). */
    ARCHITECTURE;

    private final String key = "match_" + name().toLowerCase(Locale.ROOT);

    /** The configuration key, such as {@code match_circuit_id}. */
    public String key() {
        return key;
    }
}
