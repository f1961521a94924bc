package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.option.OptionRegistry;
import io.athena.dhcpd.core.option.OptionType;
import io.athena.dhcpd.core.option.StandardOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The options of a Kea configuration: {@code option-def} and {@code option-data}. */
final class KeaOptions {

    private static final OptionRegistry REGISTRY = StandardOptions.registry();

    /** Options whose text form in Kea is not their bytes: SLP and the vendor options with an enterprise number. */
    private static final Set<Integer> STRUCTURED = Set.of(78, 79, 124, 125);

    /** What an {@code option-def} says; several types are the fields of a record. */
    private record Defined(int code, List<OptionType> types) {}

    /** What it calls the options inside option 43. */
    private static final String VENDOR_SPACE = "vendor-encapsulated-options-space";

    private static final int VENDOR_SPECIFIC = 43;

    private final OptionNames names = new OptionNames();
    private final Map<String, Defined> byName = new HashMap<>();
    private final Map<Integer, Defined> byCode = new HashMap<>();
    private final Map<String, Defined> ofVendors = new HashMap<>();
    private final Findings findings;

    KeaOptions(Findings findings) {
        this.findings = findings;
    }

    /** Takes the definitions of an object in. */
    void define(KeaValue.Table holder) throws CommandFailure {
        for (KeaValue.Table definition : holder.tables("option-def")) {
            String name = definition.text("name");
            Long code = definition.number("code");
            String space = definition.text("space");
            boolean ofVendor = VENDOR_SPACE.equals(space);
            if ((isForeign(space) && !ofVendor) || name == null || code == null || code < 1 || code > 254) {
                continue;
            }
            try {
                Defined defined = new Defined(code.intValue(), types(definition));
                if (ofVendor) {
                    ofVendors.put(name, defined);
                    ofVendors.put(code.toString(), defined);
                } else {
                    byName.put(name, defined);
                    byCode.put(defined.code(), defined);
                }
            } catch (IllegalArgumentException e) {
                findings.add(
                        definition.place(),
                        "the definition of option " + name + " " + e.getMessage()
                                + "; write its values in hex with [[subnet.option]]");
            }
        }
    }

    /** The code of a name or number that is used in a test. */
    OptionalInt code(String name) {
        Defined own = byName.get(name);
        return own == null ? names.code(name) : OptionalInt.of(own.code());
    }

    /** Puts the options of an object into the scope, or tells why not. */
    void read(KeaValue.Table holder, ImportedScope scope) throws CommandFailure {
        for (KeaValue.Table data : holder.tables("option-data")) {
            try {
                if (VENDOR_SPACE.equals(data.text("space"))) {
                    scope.put(VENDOR_SPACE, ofVendor(data));
                    continue;
                }
                if (isPlaceOfVendors(data)) {
                    scope.vendorSpace(VENDOR_SPACE);
                    continue;
                }
                ImportedOption option = option(data);
                scope.put(option);
                if (data.flag("always-send", false)) {
                    scope.alwaysSend(data.place(), option.code());
                }
            } catch (IllegalArgumentException e) {
                findings.add(data.place(), String.valueOf(e.getMessage()));
            }
        }
    }

    /** Option 43 without a value says that what is in the space goes out. */
    private boolean isPlaceOfVendors(KeaValue.Table data) throws CommandFailure {
        Long number = data.number("code");
        String name = data.text("name");
        int code = number != null
                ? number.intValue()
                : code(name == null ? "" : name).orElse(0);
        String value = data.text("data");
        return code == VENDOR_SPECIFIC
                && !isForeign(data.text("space"))
                && (value == null || value.isEmpty())
                && !data.flag("never-send", false);
    }

    private VendorSpaces.Entry ofVendor(KeaValue.Table data) throws CommandFailure {
        Long number = data.number("code");
        String name = data.text("name");
        String shown = name == null ? String.valueOf(number) : name;
        Defined own = ofVendors.get(shown);
        String value = data.text("data");
        if (own == null || value == null) {
            throw new IllegalArgumentException("option " + shown + " of " + VENDOR_SPACE
                    + " has no definition or no value; write the whole option in hex (vendor_specific)");
        }
        try {
            ImportedOption option = encoded(data.place(), own.code(), value, data.text("csv-format"), own);
            return new VendorSpaces.Entry(shown, option);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option " + shown + " " + e.getMessage());
        }
    }

    private ImportedOption option(KeaValue.Table data) throws CommandFailure {
        Long number = data.number("code");
        String name = data.text("name");
        String shown = "option " + (name == null ? String.valueOf(number) : name);
        if (isForeign(data.text("space"))) {
            throw new IllegalArgumentException(shown + " belongs to the space " + data.text("space")
                    + "; write the whole option in hex (vendor_specific, vi_vendor_specific)");
        }
        OptionalInt code = number != null ? OptionalInt.of(number.intValue()) : code(name == null ? "" : name);
        if (code.isEmpty() || code.getAsInt() < 1 || code.getAsInt() > 254) {
            throw new IllegalArgumentException(
                    shown + " has no definition that this import knows; write it by its number with [[subnet.option]]");
        }
        String value = data.text("data");
        if (value == null || value.isEmpty() || data.flag("never-send", false)) {
            throw new IllegalArgumentException(shown + " has no value, or is never sent; there is nothing to write");
        }
        try {
            int found = code.getAsInt();
            return encoded(data.place(), found, value, data.text("csv-format"), byCode.get(found));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(shown + " " + e.getMessage());
        }
    }

    private static ImportedOption encoded(
            Place place, int code, String value, @Nullable String csv, @Nullable Defined own) {
        List<OptionType> types =
                own != null ? own.types() : List.of(REGISTRY.definition(code).type());
        if (own == null && STRUCTURED.contains(code) && !"false".equals(csv)) {
            throw new IllegalArgumentException(
                    "is put together from parts; write the whole option in hex with [[subnet.option]]");
        }
        boolean plain =
                types.size() == 1 && (types.get(0) == OptionType.HEX || OptionText.isEncapsulating(types.get(0)));
        if (csv == null ? plain : csv.equals("false")) {
            return new ImportedOption(place, code, OptionType.HEX, identifier(value));
        }
        if (types.size() == 1) {
            OptionType type = types.get(0);
            return new ImportedOption(place, code, type, bytes(type, value));
        }
        String[] fields = value.split(",", -1);
        if (fields.length != types.size()) {
            throw new IllegalArgumentException(
                    "has " + fields.length + " values where its definition has " + types.size());
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i++) {
            all.writeBytes(types.get(i).parse(fields[i].strip()));
        }
        return new ImportedOption(place, code, OptionType.HEX, all.toByteArray());
    }

    private static byte[] bytes(OptionType type, String value) {
        return switch (type) {
            case STRING -> type.parse(value.replace("\\,", ","));
            case IP_MASK -> type.parse(pairs(value, "/"));
            case IP_PAIRS -> type.parse(pairs(value, " via "));
            case CIDR_ROUTES -> type.parse(value.replaceAll("\\s+-\\s+", " via "));
            case BOOL -> type.parse(value.equals("1") ? "true" : value.equals("0") ? "false" : value);
            default -> type.parse(value.strip());
        };
    }

    /** Kea writes addresses one after the other, where here two belong together. */
    private static String pairs(String value, String between) {
        String[] parts = value.split(",");
        StringJoiner all = new StringJoiner(",");
        for (int i = 0; i < parts.length; i += 2) {
            all.add(parts[i].strip() + between + (i + 1 < parts.length ? parts[i + 1].strip() : ""));
        }
        return all.toString();
    }

    /** {@code 'text'} in quotation marks, or hex in any spelling. */
    static byte[] identifier(String value) {
        String text = value.strip();
        if (text.length() >= 2 && text.startsWith("'") && text.endsWith("'")) {
            return text.substring(1, text.length() - 1).getBytes(StandardCharsets.UTF_8);
        }
        if (text.contains(":") && HexText.isPairs(text.replaceAll("(?<=^|:)([0-9A-Fa-f])(?=:|$)", "0$1"))) {
            return HexText.parseIdentifier(text.replaceAll("(?<=^|:)([0-9A-Fa-f])(?=:|$)", "0$1"));
        }
        String digits =
                (text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text).replaceAll("[ :]", "");
        if (digits.isEmpty() || !digits.matches("[0-9A-Fa-f]+")) {
            throw new IllegalArgumentException("is '" + value + "', which is neither hex nor text in quotation marks");
        }
        return HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits);
    }

    private static boolean isForeign(@Nullable String space) {
        return space != null && !space.equals("dhcp4");
    }

    private static List<OptionType> types(KeaValue.Table definition) throws CommandFailure {
        boolean array = definition.flag("array", false);
        String type = definition.text("type");
        String fields = definition.text("record-types");
        if (!"record".equals(type)) {
            return List.of(type(type == null ? "" : type, array));
        }
        List<OptionType> types = new ArrayList<>();
        for (String field : (fields == null ? "" : fields).split(",")) {
            types.add(type(field.strip(), false));
        }
        return types;
    }

    private static OptionType type(String type, boolean array) {
        return switch (type) {
            case "binary" -> OptionType.HEX;
            case "boolean" -> OptionType.BOOL;
            case "fqdn" -> array ? OptionType.DOMAIN_LIST : OptionType.FQDN;
            case "ipv4-address" -> array ? OptionType.IP_LIST : OptionType.IP;
            case "string" -> OptionType.STRING;
            case "uint8" -> array ? OptionType.UINT8_LIST : OptionType.UINT8;
            case "uint16" -> array ? OptionType.UINT16_LIST : OptionType.UINT16;
            case "uint32" -> OptionType.UINT32;
            case "int32" -> OptionType.INT32;
            default -> throw new IllegalArgumentException("has the type '" + type + "', which this server lacks");
        };
    }
}
