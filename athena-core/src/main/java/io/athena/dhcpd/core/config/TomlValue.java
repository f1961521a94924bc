package io.athena.dhcpd.core.config;

import java.util.List;
import java.util.Map;

/** A value of the file together with the line it stands on. */
sealed interface TomlValue {

    int line();

    /** What it is, in words. */
    String kind();

    record Text(int line, String text) implements TomlValue {
        @Override
        public String kind() {
            return "a text";
        }
    }

    record Whole(int line, long number) implements TomlValue {
        @Override
        public String kind() {
            return "the number " + number;
        }
    }

    record Flag(int line, boolean on) implements TomlValue {
        @Override
        public String kind() {
            return Boolean.toString(on);
        }
    }

    /** A fraction, a date or a time: nothing that any key takes. */
    record Other(int line, String text) implements TomlValue {
        @Override
        public String kind() {
            return text;
        }
    }

    record Array(int line, List<TomlValue> values) implements TomlValue {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Entries in the order of the file. */
    record Table(int line, Map<String, TomlValue> entries) implements TomlValue {
        @Override
        public String kind() {
            return "a table";
        }
    }
}
