package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.option.OptionDefinition;
import io.athena.dhcpd.core.option.OptionRegistry;
import io.athena.dhcpd.core.option.OptionType;
import io.athena.dhcpd.core.option.OptionValue;
import io.athena.dhcpd.core.option.StandardOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an option is written in TOML: by its key where that says the same bytes, else by its number. */
final class OptionText {

    private static final OptionRegistry REGISTRY = StandardOptions.registry();

    /**
     * A written option.
     *
     * @param key its key, or null when only the number can say it
     * @param type the type to be written with the number
     * @param value the TOML value
     */
    record Written(@Nullable String key, OptionType type, String value) {}

    private OptionText() {}

    static Written of(ImportedOption option) {
        OptionDefinition row = REGISTRY.definition(option.code());
        boolean standard = REGISTRY.rows().contains(row);
        if (standard && row.settable()) {
            String value = value(row.type(), option.bytes());
            if (value != null) {
                return new Written(row.key(), row.type(), value);
            }
        }
        String value = value(option.type(), option.bytes());
        return value == null || standard
                ? new Written(null, OptionType.HEX, hex(option.bytes()))
                : new Written(null, option.type(), value);
    }

    /** Options inside an option, which may be written in hex as a whole. */
    static boolean isEncapsulating(OptionType type) {
        return switch (type) {
            case SUB_OPTIONS, VENDOR_OPTIONS, VENDOR_CLASSES -> true;
            default -> false;
        };
    }

    private static String hex(byte[] bytes) {
        return TomlLines.quoted(HexFormat.of().formatHex(bytes));
    }

    private static @Nullable String value(OptionType type, byte[] bytes) {
        if (isEncapsulating(type)) {
            return hex(bytes);
        }
        if (type == OptionType.STRING) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            return says(bytes, () -> type.encode(new OptionValue.Text(text))) ? TomlLines.quoted(text) : null;
        }
        String text = type.decode(bytes);
        if (!says(bytes, () -> type.parse(text))) {
            return null;
        }
        return switch (type) {
            case UINT8, UINT16, UINT32, INT32, BOOL -> text;
            case UINT8_LIST, UINT16_LIST -> "[" + text + "]";
            case STRING, HEX, IP, FQDN, SUB_OPTIONS, VENDOR_OPTIONS, VENDOR_CLASSES -> TomlLines.quoted(text);
            case IP_LIST, IP_MASK, IP_PAIRS, CIDR_ROUTES, DOMAIN_LIST, SIP_SERVERS -> list(List.of(text.split(", ")));
        };
    }

    private static String list(List<String> values) {
        return "[" + String.join(", ", values.stream().map(TomlLines::quoted).toList()) + "]";
    }

    private interface Encoding {
        byte[] bytes();
    }

    private static boolean says(byte[] bytes, Encoding encoding) {
        try {
            return Arrays.equals(bytes, encoding.bytes());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
