package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.option.OptionRegistry;
import io.athena.dhcpd.core.option.OptionType;
import io.athena.dhcpd.core.option.StandardOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/** The options that a configuration of ISC dhcpd knows: the standard ones and those that it defines. */
final class IscOptions {

    private static final OptionRegistry REGISTRY = StandardOptions.registry();

    private record Defined(int code, IscFormat format) {}

    private final OptionNames names = new OptionNames();
    private final Map<String, Defined> defined = new HashMap<>();
    private final Map<String, Defined> ofVendors = new HashMap<>();
    private final Findings findings;

    IscOptions(Findings findings) {
        this.findings = findings;
    }

    /** {@code option NAME code N = TYPE;} or {@code option space NAME;}. */
    static boolean isDefinition(IscStatement statement) {
        return statement.is(0, "option") && (statement.is(1, "space") || statement.is(2, "code"));
    }

    /** Takes a definition in; one that nobody uses is no loss and not told. */
    void define(IscStatement statement) {
        String name = statement.word(1).toLowerCase(Locale.ROOT);
        if (statement.is(1, "space")) {
            return;
        }
        try {
            int code = Integer.parseInt(statement.word(3));
            Map<String, Defined> known = name.contains(".") ? ofVendors : defined;
            known.put(name, new Defined(code, IscFormat.parse(statement.from(5))));
        } catch (IllegalArgumentException e) {
            findings.add(
                    statement.place(),
                    "the definition of option " + name + " is not understood: " + e.getMessage()
                            + "; write its values in hex with [[subnet.option]]");
        }
    }

    /** The code of a name that may be used in a test. */
    OptionalInt code(String name) {
        Defined own = defined.get(name.toLowerCase(Locale.ROOT));
        return own == null ? names.code(name) : OptionalInt.of(own.code());
    }

    /** Whether {@code option SPACE.NAME VALUE;} is of a space whose definition was read. */
    boolean isOfVendor(IscStatement statement) {
        return ofVendors.containsKey(statement.word(1).toLowerCase(Locale.ROOT));
    }

    /** Reads an option of a vendor's space. @throws IllegalArgumentException with the reason and the cure */
    VendorSpaces.Entry readOfVendor(IscStatement statement) {
        String name = statement.word(1);
        Defined own = Objects.requireNonNull(ofVendors.get(name.toLowerCase(Locale.ROOT)));
        return new VendorSpaces.Entry(name, read(statement, name, own.code(), own.format()));
    }

    /** Reads {@code option NAME VALUE;}. @throws IllegalArgumentException with the reason and the cure */
    ImportedOption read(IscStatement statement) {
        String name = statement.word(1);
        Defined own = defined.get(name.toLowerCase(Locale.ROOT));
        OptionalInt code = code(name);
        if (code.isEmpty() || code.getAsInt() < 1 || code.getAsInt() > 254) {
            throw new IllegalArgumentException(unknown(name));
        }
        IscFormat format = own != null
                ? own.format()
                : IscFormat.of(REGISTRY.definition(code.getAsInt()).type());
        return read(statement, name, code.getAsInt(), format);
    }

    private static ImportedOption read(IscStatement statement, String name, int code, IscFormat format) {
        List<IscToken> value = statement.from(2);
        boolean assigned = !value.isEmpty() && value.get(0).is("=");
        if (assigned && value.size() > 2) {
            throw new IllegalArgumentException("option " + name + " is computed for each client; write a fixed value");
        }
        try {
            byte[] bytes = format.encode(assigned ? value.subList(1, 2) : value);
            return new ImportedOption(statement.place(), code, type(format, value), bytes);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option " + name + " " + e.getMessage());
        }
    }

    private static OptionType type(IscFormat format, List<IscToken> value) {
        boolean text = format.type() == OptionType.HEX
                && value.size() == 1
                && value.get(0).quoted();
        return text ? OptionType.STRING : format.type();
    }

    private static String unknown(String name) {
        return name.contains(".")
                ? "option " + name + " belongs to a vendor's space; write the whole option in hex (vendor_specific,"
                        + " vi_vendor_specific)"
                : "option " + name + " has no definition that this import knows; write it by its number with"
                        + " [[subnet.option]]";
    }
}
