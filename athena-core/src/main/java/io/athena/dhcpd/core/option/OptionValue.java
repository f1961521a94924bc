package io.athena.dhcpd.core.option;

import java.util.List;
import java.util.Map;

/** An option's value as somebody wrote it, before it becomes bytes. */
public sealed interface OptionValue {

    /** A quoted text. */
    record Text(String text) implements OptionValue {}

    /** A whole number. */
    record Number(long number) implements OptionValue {}

    /** True or false. */
    record Flag(boolean on) implements OptionValue {}

    /** Several values; may be empty, may not hold lists again. */
    record Many(List<OptionValue> values) implements OptionValue {}

    /** A table: an option inside an option, such as {@code { code = 1, type = "ip", value = "10.0.0.1" }}. */
    record Fields(Map<String, OptionValue> entries) implements OptionValue {}
}
