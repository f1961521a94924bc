package io.athena.dhcpd.core.config;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the {@code match_*} keys of pools and classes, and brings patterns into the one form that is compared. */
final class MatchReader {

    private static final Pattern HEX = Pattern.compile("0x[0-9A-Fa-f*?]*");
    private static final Pattern MAC = Pattern.compile("([0-9]{1,3}/)?[0-9a-f*?:]+");
    private static final Pattern UNDIVIDED = Pattern.compile(".*[0-9a-f?]{3}.*");
    private static final Pattern NUMBER = Pattern.compile("0x[0-9A-Fa-f]{1,4}|[0-9]{1,5}");
    private static final int LARGEST_ARCHITECTURE = 0xffff;

    private MatchReader() {}

    /** The patterns, and the class that must fit too where {@code clientClass} is not null. */
    static MatchConfig read(TomlTable table, @Nullable String clientClass) {
        Map<MatchKey, String> patterns = new EnumMap<>(MatchKey.class);
        for (MatchKey key : MatchKey.values()) {
            String pattern = pattern(table, key);
            if (pattern != null) {
                patterns.put(key, pattern);
            }
        }
        return new MatchConfig(patterns, clientClass);
    }

    private static @Nullable String pattern(TomlTable table, MatchKey key) {
        return switch (key) {
            case CIRCUIT_ID -> pattern(table, key, "a pattern such as \"eth0/1/*\"", MatchReader::text);
            case REMOTE_ID -> pattern(table, key, "a pattern such as \"switch-*\"", MatchReader::text);
            case VENDOR_CLASS -> pattern(table, key, "a pattern such as \"Cisco*\"", MatchReader::text);
            case USER_CLASS -> pattern(table, key, "a pattern such as \"iPXE\"", MatchReader::text);
            case MAC -> pattern(table, key, "a pattern such as \"aa:bb:cc:*\"", MatchReader::mac);
            case ARCHITECTURE -> pattern(table, key, "a number such as \"7\", or a pattern", MatchReader::architecture);
            case SUBSCRIBER_ID -> pattern(table, key, "a pattern such as \"customer-*\"", MatchReader::text);
            case RELAY_ID -> pattern(table, key, "a pattern such as \"0x0001*\"", MatchReader::text);
        };
    }

    /** Whether any of the keys is written in the table. */
    static boolean hasKeys(TomlTable table) {
        return Stream.of(MatchKey.values()).map(MatchKey::key).anyMatch(table::has);
    }

    /** The name of the class that the clients of a subnet, pool or reservation have to be in, or null. */
    static @Nullable String clientClass(TomlTable table) {
        return table.string("class");
    }

    private static @Nullable String pattern(
            TomlTable table, MatchKey key, String expected, UnaryOperator<String> form) {
        return table.text(key.key(), expected, text -> {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("is empty and would match nobody");
            }
            return form.apply(text);
        });
    }

    private static String text(String pattern) {
        if (!pattern.startsWith("0x")) {
            return pattern;
        }
        if (!HEX.matcher(pattern).matches()) {
            throw new IllegalArgumentException("'" + pattern + "' starts with 0x and is not hex");
        }
        return pattern.toLowerCase(Locale.ROOT);
    }

    private static String mac(String written) {
        String pattern = written.toLowerCase(Locale.ROOT).replace('-', ':');
        String address = pattern.substring(pattern.indexOf('/') + 1);
        if (!MAC.matcher(pattern).matches() || UNDIVIDED.matcher(address).matches()) {
            throw new IllegalArgumentException("'" + written + "' is not made of pairs of hex digits with colons");
        }
        return pattern;
    }

    private static String architecture(String pattern) {
        if (NUMBER.matcher(pattern).matches()) {
            int number =
                    pattern.startsWith("0x") ? Integer.parseInt(pattern.substring(2), 16) : Integer.parseInt(pattern);
            if (number <= LARGEST_ARCHITECTURE) {
                return Integer.toString(number);
            }
        } else if (pattern.matches("[0-9*?]+")) {
            return pattern;
        }
        throw new IllegalArgumentException("'" + pattern + "' is not a number of 0 to 65535");
    }
}
