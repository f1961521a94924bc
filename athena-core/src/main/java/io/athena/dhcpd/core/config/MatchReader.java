package io.athena.dhcpd.core.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@code match_*} keys of pools and classes. */
final class MatchReader {

    private static final List<String> KEYS = List.of(
            "match_circuit_id",
            "match_remote_id",
            "match_vendor_class",
            "match_user_class",
            "match_mac",
            "match_architecture");

    private MatchReader() {}

    static MatchConfig read(TomlTable table) {
        return new MatchConfig(
                glob(table, "match_circuit_id"),
                glob(table, "match_remote_id"),
                glob(table, "match_vendor_class"),
                glob(table, "match_user_class"),
                glob(table, "match_mac"),
                glob(table, "match_architecture"));
    }

    /** The first of the keys that is written in the table, or null. */
    static @Nullable String firstKey(TomlTable table) {
        return KEYS.stream().filter(table::has).findFirst().orElse(null);
    }

    private static @Nullable String glob(TomlTable table, String key) {
        return table.text(key, "a pattern such as \"eth0/1/*\"", text -> {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("is empty and would match nobody");
            }
            return text;
        });
    }
}
