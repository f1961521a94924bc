package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A value of a Kea configuration with its place. */
sealed interface KeaValue {

    Place place();

    /** A text, a number or a truth value, in its written form. */
    record Scalar(Place place, String text) implements KeaValue {}

    /** A list. */
    record Many(Place place, List<KeaValue> values) implements KeaValue {}

    /** An object that remembers which of its keys were looked at. */
    final class Table implements KeaValue {
        private final Place place;
        private final Map<String, KeaValue> values;
        private final Set<String> taken = new HashSet<>();

        Table(Place place, Map<String, KeaValue> values) {
            this.place = place;
            this.values = values;
        }

        @Override
        public Place place() {
            return place;
        }

        /** The value of a key, or null; the key counts as looked at. */
        @Nullable
        KeaValue take(String key) {
            taken.add(key);
            return values.get(key);
        }

        /** Where a key stands; the object's own place when it is missing. */
        Place placeOf(String key) {
            KeaValue value = values.get(key);
            return value == null ? place : value.place();
        }

        /** A text, a number or a truth value; null when missing. @throws CommandFailure when it is none of them */
        @Nullable
        String text(String key) throws CommandFailure {
            KeaValue value = take(key);
            if (value == null || value instanceof Scalar scalar && scalar.text().equals("null")) {
                return null;
            }
            if (value instanceof Scalar scalar) {
                return scalar.text();
            }
            throw value.place().broken("\"" + key + "\" has to be one value.");
        }

        /** A whole number; null when missing. */
        @Nullable
        Long number(String key) throws CommandFailure {
            String text = text(key);
            if (text == null) {
                return null;
            }
            if (!text.matches("[0-9]{1,10}")) {
                throw placeOf(key).broken("\"" + key + "\" has to be a number, not " + text + ".");
            }
            return Long.valueOf(text);
        }

        boolean flag(String key, boolean otherwise) throws CommandFailure {
            String text = text(key);
            return text == null ? otherwise : text.equals("true");
        }

        /** The elements of a list; none when it is missing. */
        List<KeaValue> many(String key) throws CommandFailure {
            KeaValue value = take(key);
            if (value == null) {
                return List.of();
            }
            if (value instanceof Many many) {
                return many.values();
            }
            throw value.place().broken("\"" + key + "\" has to be a list.");
        }

        /** The objects of a list; none when it is missing. */
        List<Table> tables(String key) throws CommandFailure {
            List<Table> tables = new ArrayList<>();
            for (KeaValue value : many(key)) {
                if (!(value instanceof Table table)) {
                    throw value.place().broken("\"" + key + "\" has to be a list of objects.");
                }
                tables.add(table);
            }
            return tables;
        }

        /** An object; null when it is missing. */
        @Nullable
        Table table(String key) throws CommandFailure {
            KeaValue value = take(key);
            if (value == null || value instanceof Table) {
                return (Table) value;
            }
            throw value.place().broken("\"" + key + "\" has to be an object.");
        }

        /** The keys that nobody looked at. */
        List<String> untaken() {
            return values.keySet().stream().filter(key -> !taken.contains(key)).toList();
        }
    }
}
