package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.config.MatchConfig;
import io.athena.dhcpd.core.net.HexText;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a pool or class can look at in a packet, and how a value of it is written as a pattern. */
enum MatchField {
    CIRCUIT_ID,
    REMOTE_ID,
    VENDOR_CLASS,
    USER_CLASS,
    MAC,
    ARCHITECTURE;

    /** Matches whoever sends the field at all. */
    static final String ANY = "*";

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
        return new MatchConfig(
                globs.get(CIRCUIT_ID),
                globs.get(REMOTE_ID),
                globs.get(VENDOR_CLASS),
                globs.get(USER_CLASS),
                globs.get(MAC),
                globs.get(ARCHITECTURE),
                null);
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
        put(globs, CIRCUIT_ID, match.circuitId());
        put(globs, REMOTE_ID, match.remoteId());
        put(globs, VENDOR_CLASS, match.vendorClass());
        put(globs, USER_CLASS, match.userClass());
        put(globs, MAC, match.mac());
        put(globs, ARCHITECTURE, match.architecture());
        return globs;
    }

    private static void put(Map<MatchField, String> globs, MatchField field, @Nullable String glob) {
        if (glob != null) {
            globs.put(field, glob);
        }
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
