package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.core.config.MatchConfig;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The client classes of a Kea configuration, as patterns. */
final class KeaClasses {

    private static final String VENDOR = "VENDOR_CLASS_";

    private record Kind(KeaValue.Table table, String test) {}

    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private final ImportedNetwork network;
    private final KeaScopes scopes;
    private final KeaMatch matcher;

    KeaClasses(ImportedNetwork network, KeaScopes scopes, KeaOptions options) {
        this.network = network;
        this.scopes = scopes;
        this.matcher = new KeaMatch(options, this::matchOf);
    }

    /** Takes the classes of the configuration in. */
    void read(KeaValue.Table dhcp4) throws CommandFailure {
        for (KeaValue.Table table : dhcp4.tables("client-classes")) {
            String name = table.text("name");
            String test = table.text("test");
            if (name == null) {
                throw table.place().broken("a class has no name.");
            }
            kinds.put(name, new Kind(table, test == null ? "" : test));
        }
        for (Map.Entry<String, Kind> each : kinds.entrySet()) {
            finish(each.getKey(), each.getValue());
        }
    }

    private void finish(String name, Kind kind) throws CommandFailure {
        KeaValue.Table table = kind.table();
        ImportedScope scope = new ImportedScope();
        if (table.flag("only-if-required", false) || table.flag("only-in-additional-list", false)) {
            network.findings()
                    .add(table.place(), "class " + name + " was for some subnets only, and holds in all of them now");
        }
        scopes.read(table, scope, "class " + name);
        if (scope.isEmpty()) {
            return;
        }
        try {
            network.classes().add(new ImportedClass(table.place(), name, matchOf(name), scope));
        } catch (IllegalArgumentException e) {
            network.findings().add(table.place(), "class " + name + " is left out: " + e.getMessage());
        }
    }

    /** The pattern of a class's members. @throws IllegalArgumentException when there is none; the message says why */
    MatchConfig matchOf(String name) {
        if (name.equals("ALL")) {
            return MatchConfig.ANY;
        }
        if (name.startsWith(VENDOR)) {
            return MatchField.match(Map.of(MatchField.VENDOR_CLASS, name.substring(VENDOR.length())));
        }
        Kind kind = kinds.get(name);
        if (kind == null || kind.test().isEmpty()) {
            throw new IllegalArgumentException("class " + name + " has no test that a pattern could say");
        }
        if (!underWay.add(name)) {
            throw new IllegalArgumentException("class " + name + " is a member of itself");
        }
        try {
            return matcher.test(kind.test());
        } catch (IllegalArgumentException e) {
            String text = String.valueOf(e.getMessage());
            throw new IllegalArgumentException(
                    text.startsWith("class ") ? text : "the test of class " + name + " " + text);
        } finally {
            underWay.remove(name);
        }
    }
}
