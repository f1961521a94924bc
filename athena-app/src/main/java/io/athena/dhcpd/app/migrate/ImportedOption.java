package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.option.OptionType;
import io.athena.dhcpd.core.option.OptionValue;

/**
 * An option in wire form, which all servers share.
 *
 * @param place where it was written
 * @param code 1 to 254
 * @param type how its value was written, for codes that have no standard
 * @param bytes its value
 */
record ImportedOption(Place place, int code, OptionType type, byte[] bytes) {

    /** @throws IllegalArgumentException when the value is not of the type */
    static ImportedOption of(Place place, int code, OptionType type, OptionValue value) {
        return new ImportedOption(place, code, type, type.encode(value));
    }

    static ImportedOption text(Place place, int code, String text) {
        return of(place, code, OptionType.STRING, new OptionValue.Text(text));
    }
}
