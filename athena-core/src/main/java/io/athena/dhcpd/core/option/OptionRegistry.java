package io.athena.dhcpd.core.option;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All known options by code, key and name. Immutable; codes without a row are plain bytes. */
public final class OptionRegistry {

    private final List<OptionDefinition> rows;
    private final OptionDefinition[] byCode = new OptionDefinition[255];

    /** @throws IllegalArgumentException when two rows share a code or a key */
    public OptionRegistry(List<OptionDefinition> rows) {
        this.rows = rows.stream()
                .sorted(Comparator.comparingInt(OptionDefinition::code))
                .toList();
        for (OptionDefinition row : this.rows) {
            if (byCode[row.code()] != null) {
                throw new IllegalArgumentException("option " + row.code() + " has two rows");
            }
            byCode[row.code()] = row;
        }
        if (rows.stream().map(OptionDefinition::key).distinct().count() != rows.size()) {
            throw new IllegalArgumentException("two options share a configuration key");
        }
        for (int code = 1; code < byCode.length; code++) {
            if (byCode[code] == null) {
                byCode[code] =
                        OptionDefinition.row(code, "Option " + code, OptionType.HEX, "option_" + code, "no standard");
            }
        }
    }

    /** This registry with one more row. */
    public OptionRegistry with(OptionDefinition row) {
        List<OptionDefinition> more = new ArrayList<>(rows);
        more.add(row);
        return new OptionRegistry(more);
    }

    /** The row of a code of 1 to 254; a code without a row is bytes called "Option 200". */
    public OptionDefinition definition(int code) {
        if (code < 1 || code > 254) {
            throw new IllegalArgumentException("option codes are 1 to 254, not " + code);
        }
        return byCode[code];
    }

    /** The rows, by rising code; codes without a row are left out. */
    public List<OptionDefinition> rows() {
        return rows;
    }

    /** The rows that a configuration may set by their key. */
    public List<OptionDefinition> settable() {
        return rows.stream().filter(OptionDefinition::settable).toList();
    }

    /** Finds an option by code in decimal, by key or by name in any case. */
    public Optional<OptionDefinition> find(String text) {
        if (text.matches("[0-9]{1,3}")) {
            int code = Integer.parseInt(text);
            return code >= 1 && code <= 254 ? Optional.of(byCode[code]) : Optional.empty();
        }
        return rows.stream()
                .filter(row -> row.key().equals(text) || row.name().equalsIgnoreCase(text))
                .findFirst();
    }
}
