package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.config.MatchConfig;
import io.athena.dhcpd.core.config.MatchKey;
import io.athena.dhcpd.core.net.HexText;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/** What a pool or class can look at in a packet, and how a value of it is written as a pattern. */
enum MatchField {
    CIRCUIT_ID(MatchKey.CIRCUIT_ID),
    REMOTE_ID(MatchKey.REMOTE_ID),
    VENDOR_CLASS(MatchKey.VENDOR_CLASS),
    USER_CLASS(MatchKey.USER_CLASS),
    MAC(MatchKey.MAC),
    ARCHITECTURE(MatchKey.ARCHITECTURE);

    /** Matches whoever sends the field at all. */
    static final String ANY = "*";

    private final MatchKey key;

    MatchField(MatchKey key) {
        this.key = key;
    }

    /**
     * The pattern of exactly this value.
     *
     * @throws IllegalArgumentException when no pattern says it; the message continues "the test ..."
     */
    String exactly(byte[] value) {
        return switch (this) {
            case MAC -> HexFormat.ofDelimiter(":").formatHex(value);
            case ARCHITECTURE -> architecture(value);
            case CIRCUIT_ID, REMOTE_ID, VENDOR_CLASS, USER_CLASS -> literal(HexText.of(value));
        };
    }

    /** The pattern of all values that start so. @throws IllegalArgumentException as {@link #exactly} */
    String startingWith(byte[] value) {
        return switch (this) {
            case MAC -> value.length >= 6 ? exactly(value) : exactly(value) + ":*";
            case ARCHITECTURE -> throw new IllegalArgumentException("looks at a part of the architecture");
            case CIRCUIT_ID, REMOTE_ID, VENDOR_CLASS, USER_CLASS -> literal(HexText.of(value)) + "*";
        };
    }

    static MatchConfig match(Map<MatchField, String> globs) {
        Map<MatchKey, String> patterns = new EnumMap<>(MatchKey.class);
        globs.forEach((field, glob) -> patterns.put(field.key, glob));
        return new MatchConfig(patterns, null);
    }

    /** Whoever fits both. @throws IllegalArgumentException when both look at the same field in different ways */
    static MatchConfig both(MatchConfig one, MatchConfig other) {
        Map<MatchField, String> globs = globs(one);
        globs(other).forEach((field, glob) -> add(globs, field, glob));
        return match(globs);
    }

    /** Adds a condition. @throws IllegalArgumentException when there is another one on the same field */
    static void add(Map<MatchField, String> globs, MatchField field, String glob) {
        String earlier = globs.get(field);
        if (earlier == null || earlier.equals(ANY)) {
            globs.put(field, glob);
        } else if (!earlier.equals(glob) && !glob.equals(ANY)) {
            throw new IllegalArgumentException("looks twice at the same field");
        }
    }

    private static Map<MatchField, String> globs(MatchConfig match) {
        Map<MatchField, String> globs = new EnumMap<>(MatchField.class);
        for (MatchField field : values()) {
            String glob = match.pattern(field.key);
            if (glob != null) {
                globs.put(field, glob);
            }
        }
        return globs;
    }

    private static String architecture(byte[] value) {
        if (value.length != 2) {
            throw new IllegalArgumentException("compares the architecture with " + Arrays.toString(value));
        }
        return Integer.toString((value[0] & 0xff) << 8 | value[1] & 0xff);
    }

    private static String literal(String text) {
        if (text.isEmpty() || text.chars().anyMatch(c -> "*?[]\\".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("compares with '" + text + "', which a pattern cannot say");
        }
        return text;
    }
}
