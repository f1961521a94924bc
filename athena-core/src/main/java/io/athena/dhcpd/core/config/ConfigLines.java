package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.option.OptionRegistry;
import java.util.List;

/** Where the file says what; for explanations. It knows the very records of the reading that it came from. */
public final class ConfigLines {

    private static final int NOWHERE = 0;

    private final Places places;
    private final OptionRegistry registry;

    ConfigLines(Places places, OptionRegistry registry) {
        this.places = places;
        this.registry = registry;
    }

    /** The line of a section's header; 0 when the file has no such section. */
    public int of(Record section) {
        TomlTable table = places.find(section);
        return table == null || !table.isPresent() ? NOWHERE : table.line();
    }

    /** The line of a key in a section, else of the section; 0 when the file has neither. */
    public int of(Record section, String key) {
        TomlTable table = places.find(section);
        return table == null || !table.isPresent() ? NOWHERE : table.line(key);
    }

    /** Whether a section writes a key itself. */
    public boolean sets(Record section, String key) {
        TomlTable table = places.find(section);
        return table != null && table.has(key);
    }

    /** The line where a section sets an option, by its key or as {@code [[option]]}; else the section's. */
    public int ofOption(Record section, int code) {
        TomlTable table = places.find(section);
        if (table == null || !table.isPresent()) {
            return NOWHERE;
        }
        String key = registry.definition(code).key();
        if (table.has(key)) {
            return table.line(key);
        }
        List<TomlTable> written = table.tables("option").stream()
                .filter(option -> option.value("code") instanceof TomlValue.Whole whole && whole.number() == code)
                .toList();
        return written.isEmpty() ? table.line() : written.get(0).line("value");
    }
}
