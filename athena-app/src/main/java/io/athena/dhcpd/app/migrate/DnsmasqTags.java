package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.config.MatchConfig;
import io.athena.dhcpd.core.net.HexText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** Which tags of dnsmasq stand for which clients, networks and reservations. */
final class DnsmasqTags {

    private final OptionNames names = new OptionNames();
    private final Map<String, List<ImportedClass>> kinds = new LinkedHashMap<>();
    private final Map<String, List<ImportedScope>> scopes = new LinkedHashMap<>();
    private final ImportedNetwork network;

    DnsmasqTags(ImportedNetwork network) {
        this.network = network;
    }

    /** Takes in a line that sets a tag by what a client sends, such as {@code dhcp-vendorclass=set:pxe,PXEClient}. */
    void match(DnsmasqLine line) {
        List<String> set = line.with("set:", "net:");
        List<String> plain = line.plain();
        boolean oldForm = set.isEmpty() && plain.size() > 1;
        String tag = oldForm ? plain.get(0) : set.isEmpty() ? "" : set.get(0);
        try {
            MatchConfig match = pattern(line.key(), oldForm ? plain.subList(1, plain.size()) : plain);
            List<ImportedClass> same = kinds.computeIfAbsent(tag, name -> new ArrayList<>());
            String name = same.isEmpty() ? tag : tag + "-" + (same.size() + 1);
            same.add(new ImportedClass(line.place(), name, match, new ImportedScope()));
        } catch (IllegalArgumentException e) {
            network.findings().add(line.place(), "'" + line.text() + "' " + e.getMessage());
        }
    }

    /** What is set for clients that have a text in their vendor class. */
    ImportedScope ofVendor(Place place, String text) {
        String name = "vendor-" + text.replaceAll("[^A-Za-z0-9.-]", "-");
        return kinds.computeIfAbsent(name, tag -> {
                    MatchConfig match = MatchField.match(Map.of(MatchField.VENDOR_CLASS, within(text)));
                    return new ArrayList<>(List.of(new ImportedClass(place, name, match, new ImportedScope())));
                })
                .get(0)
                .scope();
    }

    /** A network or a reservation sets the tag. */
    void set(String tag, ImportedScope scope) {
        scopes.computeIfAbsent(tag, name -> new ArrayList<>()).add(scope);
    }

    /** The one pattern that a pool for these tags takes. @throws IllegalArgumentException when there is none */
    MatchConfig pattern(List<String> tags) {
        MatchConfig all = MatchConfig.ANY;
        for (String tag : tags) {
            List<ImportedClass> found = kinds.getOrDefault(tag, List.of());
            if (found.size() != 1 || scopes.containsKey(tag)) {
                throw new IllegalArgumentException("tag " + tag + " stands for " + found.size()
                        + " patterns, and a pool takes one; give it match_* keys");
            }
            all = MatchField.both(all, found.get(0).match());
        }
        return all;
    }

    /** Where the options of a line with these tags go. @throws IllegalArgumentException when nowhere */
    List<ImportedScope> scopes(List<String> tags) {
        if (tags.isEmpty()) {
            return List.of(network.defaults());
        }
        String tag = tags.get(0);
        List<ImportedScope> found = new ArrayList<>(scopes.getOrDefault(tag, List.of()));
        kinds.getOrDefault(tag, List.of()).forEach(kind -> found.add(kind.scope()));
        if (tags.size() > 1 || found.isEmpty()) {
            throw new IllegalArgumentException(
                    "holds where the tags " + tags + " are set, which no subnet, reservation or [[class]] says");
        }
        return found;
    }

    /** Writes down the classes that got options. */
    void finish() {
        kinds.values().stream()
                .flatMap(List::stream)
                .filter(kind -> !kind.scope().isEmpty())
                .forEach(network.classes()::add);
    }

    private MatchConfig pattern(String key, List<String> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("compares with nothing");
        }
        String last = values.get(values.size() - 1);
        Map<MatchField, String> globs = new EnumMap<>(MatchField.class);
        switch (key) {
            case "dhcp-vendorclass" -> globs.put(MatchField.VENDOR_CLASS, within(last));
            case "dhcp-userclass" -> globs.put(MatchField.USER_CLASS, within(last));
            case "dhcp-mac" -> globs.put(MatchField.MAC, mac(last));
            case "dhcp-circuitid" -> globs.put(MatchField.CIRCUIT_ID, MatchField.CIRCUIT_ID.exactly(bytes(last)));
            case "dhcp-remoteid" -> globs.put(MatchField.REMOTE_ID, MatchField.REMOTE_ID.exactly(bytes(last)));
            default -> option(values, globs);
        }
        return MatchField.match(globs);
    }

    /** {@code dhcp-match=set:efi,option:client-arch,7}. */
    private void option(List<String> values, Map<MatchField, String> globs) {
        OptionalInt code = names.code(values.get(0).replaceFirst("^option:", ""));
        boolean exists = values.size() == 1;
        String value = exists ? "" : values.get(1);
        switch (code.orElse(0)) {
            case 60 -> globs.put(MatchField.VENDOR_CLASS, exists ? MatchField.ANY : within(value));
            case 77 -> globs.put(MatchField.USER_CLASS, exists ? MatchField.ANY : within(value));
            case 93 -> globs.put(MatchField.ARCHITECTURE, exists ? MatchField.ANY : number(value));
            default ->
                throw new IllegalArgumentException(
                        "looks at an option that patterns cannot see; vendor class, user class and architecture can");
        }
    }

    private static String number(String value) {
        try {
            return Integer.toString(Integer.decode(value));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("compares the architecture with '" + value + "'");
        }
    }

    /** dnsmasq looks for the text anywhere in the value. */
    private static String within(String text) {
        return "*"
                + MatchField.VENDOR_CLASS.startingWith(
                        text.replaceFirst("\\*$", "").getBytes(StandardCharsets.UTF_8));
    }

    private static String mac(String text) {
        String glob = text.toLowerCase(Locale.ROOT);
        if (!glob.matches("([0-9a-f]{2}|\\*)(:([0-9a-f]{2}|\\*)){5}")) {
            throw new IllegalArgumentException("is no pattern of an Ethernet address");
        }
        return glob;
    }

    private static byte[] bytes(String text) {
        return HexText.isPairs(text) ? HexText.parseIdentifier(text) : text.getBytes(StandardCharsets.UTF_8);
    }
}
