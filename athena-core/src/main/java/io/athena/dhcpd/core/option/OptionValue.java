package io.athena.dhcpd.core.option;

import java.util.List;

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
}
