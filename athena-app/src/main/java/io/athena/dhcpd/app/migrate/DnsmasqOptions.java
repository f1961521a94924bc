package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionRegistry;
import io.athena.dhcpd.core.option.OptionType;
import io.athena.dhcpd.core.option.StandardOptions;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.StringJoiner;

/** Reads {@code dhcp-option} and {@code dhcp-boot}. */
final class DnsmasqOptions {

    private static final OptionRegistry REGISTRY = StandardOptions.registry();

    /** What goes into option 43. */
    private static final String VENDOR_SPACE = "vendor";

    private final OptionNames names = new OptionNames();
    private final ImportedNetwork network;
    private final DnsmasqTags tags;
    private final Set<Integer> switchedOff = new HashSet<>();

    DnsmasqOptions(ImportedNetwork network, DnsmasqTags tags) {
        this.network = network;
        this.tags = tags;
    }

    /** Whether an option without a value says that it is not sent. */
    boolean isSwitchedOff(int code) {
        return switchedOff.contains(code);
    }

    /** Takes in {@code dhcp-option} or {@code dhcp-option-force}. */
    void option(DnsmasqLine line) {
        try {
            List<String> plain = line.plain();
            String name = plain.isEmpty() ? "" : plain.get(0);
            if (name.startsWith("vendor:")) {
                ofVendor(line, name.substring("vendor:".length()), plain.subList(1, plain.size()));
                return;
            }
            if (name.matches("(encap|vi-encap):.*")) {
                throw new IllegalArgumentException(
                        "is part of a vendor's option; write the whole option (vendor_specific, vi_vendor_specific) in a"
                                + " [[class]]");
            }
            if (name.startsWith("option6:")) {
                return;
            }
            OptionalInt code = names.code(name.replaceFirst("^option:", ""));
            if (code.isEmpty()) {
                throw new IllegalArgumentException("names no option that this import knows; write it by its number");
            }
            List<String> values = plain.subList(1, plain.size());
            for (ImportedScope scope : tags.scopes(line.tags())) {
                put(line, code.getAsInt(), values, scope);
            }
        } catch (IllegalArgumentException e) {
            network.findings().add(line.place(), "'" + line.text() + "' " + e.getMessage());
        }
    }

    /** {@code vendor:CLASS,CODE,VALUE}: inside option 43, for clients whose vendor class has CLASS in it. */
    private void ofVendor(DnsmasqLine line, String vendor, List<String> fields) {
        String code = fields.isEmpty() ? "" : fields.get(0);
        List<String> values = fields.subList(Math.min(1, fields.size()), fields.size());
        boolean usable = code.matches("[1-9][0-9]{0,2}") && Integer.parseInt(code) < 255 && !values.isEmpty();
        if (!usable || !line.tags().isEmpty() || values.contains("0.0.0.0")) {
            throw new IllegalArgumentException(
                    "is not understood; write the whole option 43 (vendor_specific) in a [[class]]");
        }
        ImportedOption option = encoded(line.place(), Integer.parseInt(code), guessed(values), values);
        ImportedScope scope = tags.ofVendor(line.place(), vendor);
        scope.vendorSpace(VENDOR_SPACE);
        scope.put(VENDOR_SPACE, new VendorSpaces.Entry(line.text(), option));
    }

    private void put(DnsmasqLine line, int code, List<String> values, ImportedScope scope) {
        if (values.isEmpty()) {
            switchedOff.add(code);
        } else if (code == 51 || code == 58 || code == 59) {
            OptionalLong seconds = DnsmasqTimes.seconds(values.get(0));
            ImportedScope.Time time = code == 51
                    ? ImportedScope.Time.LEASE
                    : code == 58 ? ImportedScope.Time.RENEWAL : ImportedScope.Time.REBIND;
            scope.put(time, line.place(), seconds.orElseThrow(() -> new IllegalArgumentException("is no time")));
        } else if (values.contains("0.0.0.0") && REGISTRY.definition(code).type() == OptionType.IP_LIST) {
            throw new IllegalArgumentException("means dnsmasq's own address; write the address that is meant");
        } else {
            boolean standard = REGISTRY.rows().contains(REGISTRY.definition(code));
            OptionType type = standard ? REGISTRY.definition(code).type() : guessed(values);
            scope.put(encoded(line.place(), code, type, values));
            if (line.key().equals("dhcp-option-force")) {
                scope.alwaysSend(line.place(), code);
            }
        }
    }

    private static ImportedOption encoded(Place place, int code, OptionType usual, List<String> values) {
        String text = String.join(",", values);
        boolean control = text.chars().anyMatch(Character::isISOControl);
        OptionType type = usual == OptionType.STRING && control ? OptionType.HEX : usual;
        byte[] bytes =
                switch (type) {
                    case IP_MASK -> type.parse(pairs(values, "/"));
                    case IP_PAIRS, CIDR_ROUTES -> type.parse(pairs(values, " via "));
                    case BOOL -> type.parse(text.equals("1") ? "true" : text.equals("0") ? "false" : text);
                    case HEX, SUB_OPTIONS, VENDOR_OPTIONS, VENDOR_CLASSES ->
                        HexText.isPairs(text) || text.matches("[0-9A-Fa-f]{2}")
                                ? OptionType.HEX.parse(text)
                                : text.getBytes(StandardCharsets.UTF_8);
                    case UINT8, UINT16, UINT32 -> type.parse(text.replaceFirst("(?<=[0-9])[bsi]$", ""));
                    default -> type.parse(text);
                };
        return new ImportedOption(place, code, type, bytes);
    }

    /** dnsmasq goes by what a value looks like where the option has no standard. */
    private static OptionType guessed(List<String> values) {
        String first = values.get(0);
        if (values.stream().allMatch(value -> Ipv4.tryParse(value).isPresent())) {
            return OptionType.IP_LIST;
        }
        if (values.size() > 1) {
            return OptionType.STRING;
        }
        if (first.matches("[0-9]{1,9}[bsi]?")) {
            long number = Long.parseLong(first.replaceAll("[bsi]", ""));
            return first.endsWith("i") || number > 0xffff
                    ? OptionType.UINT32
                    : first.endsWith("s") || number > 0xff ? OptionType.UINT16 : OptionType.UINT8;
        }
        return HexText.isPairs(first) ? OptionType.HEX : OptionType.STRING;
    }

    private static String pairs(List<String> values, String between) {
        StringJoiner all = new StringJoiner(",");
        for (int i = 0; i < values.size(); i += 2) {
            all.add(values.get(i) + between + (i + 1 < values.size() ? values.get(i + 1) : ""));
        }
        return all.toString();
    }

    /** {@code dhcp-boot=FILE[,SERVER NAME[,ADDRESS]]}. */
    void boot(DnsmasqLine line) {
        List<String> plain = line.plain();
        try {
            for (ImportedScope scope : tags.scopes(line.tags())) {
                if (!plain.isEmpty() && !plain.get(0).isEmpty()) {
                    scope.put(ImportedOption.text(line.place(), 67, plain.get(0)));
                }
                if (plain.size() > 1 && !plain.get(1).isEmpty()) {
                    scope.put(ImportedOption.text(line.place(), 66, plain.get(1)));
                }
                if (plain.size() > 2) {
                    Ipv4 address = Ipv4.parse(plain.get(2));
                    scope.put(ImportedScope.Boot.NEXT_SERVER, line.place(), address.toString());
                }
            }
            if (plain.size() < 3) {
                network.findings()
                        .add(
                                line.place(),
                                "'" + line.text() + "' names no address and means dnsmasq's own; write next_server");
            }
        } catch (IllegalArgumentException e) {
            network.findings().add(line.place(), "'" + line.text() + "' " + e.getMessage());
        }
    }
}
