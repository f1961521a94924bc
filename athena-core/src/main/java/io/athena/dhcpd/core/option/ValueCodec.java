package io.athena.dhcpd.core.option;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Turns the values of one type into bytes and back. */
interface ValueCodec {

    /** The bytes. @throws IllegalArgumentException with a message that continues "the value ..." */
    byte[] encode(OptionValue value);

    /** The text of wire bytes; empty when they do not fit. */
    Optional<String> decode(byte[] bytes);

    /** The value that a command-line text stands for. */
    OptionValue fromText(String text);

    /** A list as it is, a single value as a list of one. @throws IllegalArgumentException when nothing is in it */
    static List<OptionValue> elements(OptionValue value, String expected) {
        List<OptionValue> values = value instanceof OptionValue.Many many ? many.values() : List.of(value);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("is an empty list; expected " + expected);
        }
        return values;
    }

    /** A text. @throws IllegalArgumentException when it is none */
    static String text(OptionValue value, String expected) {
        if (value instanceof OptionValue.Text text) {
            return text.text();
        }
        throw new IllegalArgumentException("is " + kindOf(value) + "; expected " + expected);
    }

    /** What a value is, in words. */
    static String kindOf(OptionValue value) {
        if (value instanceof OptionValue.Text text) {
            return "the text '" + text.text() + "'";
        }
        if (value instanceof OptionValue.Number number) {
            return "the number " + number.number();
        }
        if (value instanceof OptionValue.Flag flag) {
            return Boolean.toString(flag.on());
        }
        return value instanceof OptionValue.Fields ? "a table" : "a list";
    }

    /** The parts of a text between commas, stripped, as texts. */
    static List<OptionValue> split(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(part -> (OptionValue) new OptionValue.Text(part.strip()))
                .toList();
    }
}
