package io.athena.dhcpd.core.config;

import java.util.function.Function;

/**
 * Reads the section of a feature module. An implementation MUST ask the table for every key that it knows, whatever the
 * values of others, since keys that nobody asked for are reported as unknown; it MUST report problems to the table and
 * never throw; it MUST give its defaults for an empty table.
 *
 * @param <T> the record of the section
 */
public interface SectionReader<T extends Record> {

    /** The name of the table in the file, such as {@code ddns}. */
    String name();

    /** The record class, the key for {@link AthenaConfig#section}. */
    Class<T> type();

    /** The section; what is read from a table with errors is thrown away. */
    T read(TomlTable table);

    /**
     * Looks at what the section and the rest of the file make of each other, once all of it is read; it may find errors
     * elsewhere in it.
     *
     * @param config everything, also this section
     * @param places where a record stands, to report what should be looked at there
     */
    default void check(AthenaConfig config, Function<Record, TomlTable> places) {}
}
