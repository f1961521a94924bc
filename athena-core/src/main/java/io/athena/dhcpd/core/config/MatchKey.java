package io.athena.dhcpd.core.config;

import java.util.Locale;

/**
 * What clients can be matched by. Patterns for bytes are text, or {@code 0x} and lower-case hex, as
 * {@link io.athena.dhcpd.core.net.HexText} writes them.
 */
public enum MatchKey {
    /** Sub-option 1 of option 82 (RFC 3046 section 3.1). */
    CIRCUIT_ID,
    /** Sub-option 2 of option 82 (RFC 3046 section 3.2). */
    REMOTE_ID,
    /** Option 60 (RFC 2132 section 9.13). */
    VENDOR_CLASS,
    /** Option 77 (RFC 3004); one of those that the client lists has to fit. */
    USER_CLASS,
    /** The hardware address, in lower case with colons. */
    MAC,
    /** Option 93, by decimal number (RFC 4578 section 2.1); one of those that the client lists has to fit. */
    ARCHITECTURE,
    /** Sub-option 6 of option 82 (RFC 3993). */
    SUBSCRIBER_ID,
    /** Sub-option 12 of option 82 (RFC 6925). */
    RELAY_ID;

    private final String key = "match_" + name().toLowerCase(Locale.ROOT);

    /** The configuration key, such as {@code match_circuit_id}. */
    public String key() {
        return key;
    }
}
