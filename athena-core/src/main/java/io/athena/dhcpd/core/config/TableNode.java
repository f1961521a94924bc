package io.athena.dhcpd.core.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** A table of the file that remembers which keys were asked for: what is left over is unknown. */
final class TableNode {

    /** What all tables of one reading share; {@code everyKey} opens one element of each absent array of tables. */
    record Reading(Problems problems, Path folder, boolean everyKey) {}

    private final Reading reading;
    private final String path;
    private final TomlValue.Table values;
    private final boolean present;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> freeForm = new HashSet<>();
    private final Map<String, List<TableNode>> children = new LinkedHashMap<>();

    private TableNode(Reading reading, String path, TomlValue.Table values, boolean present) {
        this.reading = reading;
        this.path = path;
        this.values = values;
        this.present = present;
    }

    static TableNode root(Reading reading, TomlValue.Table values) {
        return new TableNode(reading, "", values, true);
    }

    Path folder() {
        return reading.folder;
    }

    boolean isPresent() {
        return present;
    }

    int line() {
        return values.line();
    }

    int lineOf(String key) {
        TomlValue value = values.entries().get(key);
        return value == null ? line() : value.line();
    }

    /** The value of a key, or null; the key is known from now on. */
    @Nullable
    TomlValue ask(String key) {
        asked.add(key);
        return values.entries().get(key);
    }

    /** The keys that are written here; all become known, as the user's own names. */
    Set<String> askAll() {
        asked.addAll(values.entries().keySet());
        return values.entries().keySet();
    }

    /** Says that the table of this key holds the user's own names. */
    void holdsOwnNames(String key) {
        freeForm.add(key);
    }

    void error(String key, int line, String text, String cure) {
        reading.problems.error(pathOf(key), line, text, cure);
    }

    void warning(String key, int line, String text, String cure) {
        reading.problems.warning(pathOf(key), line, text, cure);
    }

    TableNode table(String key) {
        ask(key);
        return children.computeIfAbsent(key, k -> List.of(openTable(k))).get(0);
    }

    private TableNode openTable(String key) {
        TomlValue value = values.entries().get(key);
        if (value instanceof TomlValue.Table table) {
            return new TableNode(reading, pathOf(key), table, true);
        }
        if (value != null) {
            error(key, value.line(), "is " + value.kind(), "write a table: [" + pathOf(key) + "]");
        }
        return new TableNode(reading, pathOf(key), new TomlValue.Table(lineOf(key), Map.of()), false);
    }

    List<TableNode> tables(String key) {
        ask(key);
        return children.computeIfAbsent(key, this::openTables);
    }

    private List<TableNode> openTables(String key) {
        TomlValue value = values.entries().get(key);
        if (value == null) {
            return reading.everyKey ? List.of(openTable(key)) : List.of();
        }
        String cure = "write an array of tables: [[" + withoutPositions(pathOf(key)) + "]]";
        if (!(value instanceof TomlValue.Array array)) {
            error(key, value.line(), "is " + value.kind(), cure);
            return value instanceof TomlValue.Table ? List.of(openTable(key)) : List.of();
        }
        List<TableNode> tables = new ArrayList<>();
        for (TomlValue element : array.values()) {
            if (element instanceof TomlValue.Table table) {
                String at = pathOf(key) + "[" + (tables.size() + 1) + "]";
                tables.add(new TableNode(reading, at, table, true));
            } else {
                error(key, element.line(), "holds " + element.kind(), cure);
            }
        }
        return List.copyOf(tables);
    }

    /** Reports every key here and below that nobody asked for. */
    void rejectUnknownKeys() {
        for (String key : values.entries().keySet()) {
            if (!asked.contains(key)) {
                String where = path.isEmpty() ? "" : " of [" + withoutPositions(path) + "]";
                Optional<String> meant = reading.problems.isFull() ? Optional.empty() : Spelling.closest(key, asked);
                String cure =
                        meant.map(close -> "did you mean '" + close + "'?").orElse("remove it");
                error(key, lineOf(key), "is not a known key" + where, cure);
            }
        }
        children.values().forEach(tables -> tables.forEach(TableNode::rejectUnknownKeys));
    }

    /** Adds the keys asked for here and below, without positions in arrays. */
    void collectKeys(SortedSet<String> keys) {
        for (String key : asked) {
            List<TableNode> tables = children.getOrDefault(key, List.of());
            if (tables.isEmpty() || freeForm.contains(key)) {
                keys.add(withoutPositions(pathOf(key)));
            } else {
                tables.forEach(table -> table.collectKeys(keys));
            }
        }
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String withoutPositions(String path) {
        return path.replaceAll("\\[[0-9]+]", "");
    }
}
