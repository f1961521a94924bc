package io.athena.dhcpd.core.config;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where each record came from, so that rules between records can name the line of the very key. */
final class Places {

    private final Map<Record, TomlTable> tables = new IdentityHashMap<>();

    <R extends Record> R put(R read, TomlTable from) {
        tables.put(read, from);
        return read;
    }

    /** The table of a record, or null when it was not read from one. */
    @Nullable
    TomlTable find(Record read) {
        return tables.get(read);
    }

    TomlTable of(Record read) {
        return Objects.requireNonNull(tables.get(read), "a record that was not read here");
    }
}
