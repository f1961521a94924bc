package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.option.OptionDefinition;
import io.athena.dhcpd.core.option.OptionRegistry;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.option.OptionType;
import io.athena.dhcpd.core.option.OptionValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads options and lease times, which defaults, subnets, pools, reservations and classes share. */
final class ScopeReader {

    private static final String OPTION_TYPES = "one of " + OptionType.labels();

    private final OptionRegistry registry;

    ScopeReader(OptionRegistry registry) {
        this.registry = registry;
    }

    /** The scope of a table, judged together with what it inherits. */
    OptionScope read(TomlTable table, OptionScope inherited) {
        OptionSet.Builder options = OptionSet.builder();
        for (OptionDefinition row : registry.settable()) {
            if (table.has(row.key())) {
                encode(table, row.key(), row.type(), row.code(), options);
            }
        }
        table.tables("option").forEach(option -> readOption(option, options));
        OptionScope scope = new OptionScope(
                options.build(),
                table.leaseSeconds("lease_time"),
                table.leaseSeconds("renewal_time"),
                table.leaseSeconds("rebind_time"),
                BootReader.read(table));
        checkTimes(table, scope, inherited.overriddenBy(scope));
        return scope;
    }

    private void readOption(TomlTable option, OptionSet.Builder options) {
        int code = option.integer("code", 0, 1, 254);
        OptionType written = option.text("type", OPTION_TYPES, label -> {
            Optional<OptionType> type = OptionType.ofLabel(label);
            return type.orElseThrow(() -> new IllegalArgumentException("is '" + label + "'"));
        });
        option.require("code", "43");
        option.require("value", "\"010a\"");
        if (code == 0) {
            return;
        }
        OptionDefinition row = registry.definition(code);
        if (row.insteadOf() != null) {
            option.error("code", code + " (" + row.name() + ") cannot be set as an option", row.insteadOf());
        } else if (options.get(code) != null) {
            option.error("code", code + " (" + row.name() + ") is set twice here", "keep one; its key is " + row.key());
        } else {
            encode(option, "value", written != null ? written : row.type(), code, options);
        }
    }

    private static void encode(TomlTable table, String key, OptionType type, int code, OptionSet.Builder options) {
        TomlValue value = table.value(key);
        if (value == null) {
            return;
        }
        try {
            options.put(code, type.encode(optionValue(value)));
        } catch (IllegalArgumentException e) {
            table.error(key, String.valueOf(e.getMessage()), "write a value of type " + type.label());
        }
    }

    private static OptionValue optionValue(TomlValue value) {
        if (value instanceof TomlValue.Text text) {
            return new OptionValue.Text(text.text());
        }
        if (value instanceof TomlValue.Whole whole) {
            return new OptionValue.Number(whole.number());
        }
        if (value instanceof TomlValue.Flag flag) {
            return new OptionValue.Flag(flag.on());
        }
        if (value instanceof TomlValue.Array array) {
            return new OptionValue.Many(
                    array.values().stream().map(ScopeReader::optionValue).toList());
        }
        if (value instanceof TomlValue.Table table) {
            Map<String, OptionValue> fields = new LinkedHashMap<>();
            table.entries().forEach((key, entry) -> fields.put(key, optionValue(entry)));
            return new OptionValue.Fields(fields);
        }
        throw new IllegalArgumentException("is " + value.kind() + ", which no option takes");
    }

    /**
     * T1 &lt; T2 &lt; lease (RFC 2131 section 4.4.5), for the times that this scope itself sets. Inherited ones that a
     * shorter lease pushes out of order are no mistake of anybody: they are then derived.
     */
    private static void checkTimes(TomlTable table, OptionScope own, OptionScope whole) {
        Long lease = whole.leaseTime();
        if (own.rebindTime() != null && notBefore(own.rebindTime(), lease)) {
            late(table, "rebind_time", own.rebindTime(), "the lease time", lease);
        }
        if (own.renewalTime() == null) {
            return;
        }
        if (notBefore(own.renewalTime(), lease)) {
            late(table, "renewal_time", own.renewalTime(), "the lease time", lease);
        } else if (notBefore(own.renewalTime(), whole.rebindTime())) {
            late(table, "renewal_time", own.renewalTime(), "the rebind time", whole.rebindTime());
        }
    }

    private static boolean notBefore(long time, @Nullable Long limit) {
        return limit != null && time >= limit;
    }

    private static void late(TomlTable table, String key, long time, String what, @Nullable Long limit) {
        table.error(
                key,
                ConfigDurations.leaseText(time) + " is not before " + what + " of "
                        + ConfigDurations.leaseText(limit == null ? 0 : limit),
                "keep renewal_time < rebind_time < lease_time");
    }
}
