package io.athena.dhcpd.core.option;

import org.jspecify.annotations.Nullable;

/**
 * One row of the registry.
 *
 * @param code 1 to 254
 * @param name its name in the RFC
 * @param type how its value is written
 * @param key its name in the configuration and on the command line
 * @param rfc the document and section that define it
 * @param insteadOf null for an option that a configuration may set; else why it may not and what to write instead
 */
public record OptionDefinition(
        int code,
        String name,
        OptionType type,
        String key,
        String rfc,
        @Nullable String insteadOf) {

    public OptionDefinition {
        if (code < 1 || code > 254) {
            throw new IllegalArgumentException("option codes are 1 to 254, not " + code);
        }
        if (!key.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("'" + key + "' cannot be a configuration key");
        }
    }

    /** An option that a configuration may set. */
    public static OptionDefinition row(int code, String name, OptionType type, String key, String rfc) {
        return new OptionDefinition(code, name, type, key, rfc, null);
    }

    /** An option that the client or the server itself fills in. */
    public static OptionDefinition owned(
            int code, String name, OptionType type, String key, String rfc, String insteadOf) {
        return new OptionDefinition(code, name, type, key, rfc, insteadOf);
    }

    /** Whether a configuration may set it. */
    public boolean settable() {
        return insteadOf == null;
    }
}
