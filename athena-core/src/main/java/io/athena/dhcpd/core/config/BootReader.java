package io.athena.dhcpd.core.config;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the boot fields of the header. */
final class BootReader {

    private BootReader() {}

    static BootFields read(TomlTable table) {
        return new BootFields(
                table.ipv4("next_server"),
                field(table, "sname", BootFields.MAX_SNAME),
                field(table, "file", BootFields.MAX_FILE));
    }

    private static @Nullable String field(TomlTable table, String key, int max) {
        return table.text(key, "a text of at most " + max + " bytes, or \"\" for none", text -> {
            int length = text.getBytes(StandardCharsets.UTF_8).length;
            if (length > max) {
                throw new IllegalArgumentException("has " + length + " bytes; the header has room for " + max);
            }
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("holds a control character");
            }
            return text;
        });
    }
}
