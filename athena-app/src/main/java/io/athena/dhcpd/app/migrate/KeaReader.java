package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.core.config.MatchConfig;
import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the Dhcp4 part of a Kea configuration. */
final class KeaReader {

    /** Kea's lease time where the file names none. */
    private static final long DEFAULT_LEASE_SECONDS = 7200;

    private final ImportedNetwork network = new ImportedNetwork();
    private final KeaOptions options = new KeaOptions(network.findings());
    private final KeaScopes scopes = new KeaScopes(options, network.findings());
    private final KeaClasses classes = new KeaClasses(network, scopes, options);
    private final KeaReservations reservations = new KeaReservations(network, scopes);

    private KeaReader() {}

    /** @throws CommandFailure when the file cannot be read or is broken */
    static ImportedNetwork read(Path file) throws CommandFailure {
        KeaValue.Table root = KeaJson.read(file);
        KeaValue.Table dhcp4 = root.table("Dhcp4");
        if (dhcp4 == null) {
            throw root.place().broken("there is no \"Dhcp4\" in it.");
        }
        return new KeaReader().whole(dhcp4);
    }

    private ImportedNetwork whole(KeaValue.Table dhcp4) throws CommandFailure {
        options.define(dhcp4);
        interfaces(dhcp4.table("interfaces-config"));
        network.authoritative(dhcp4.flag("authoritative", false));
        boolean byMac = !dhcp4.flag("match-client-id", true);
        classes.read(dhcp4);
        for (KeaValue.Table shared : dhcp4.tables("shared-networks")) {
            sharedNetwork(shared, byMac);
        }
        for (KeaValue.Table subnet : dhcp4.tables("subnet4")) {
            subnet(subnet, null, new ImportedScope(), byMac);
        }
        reservations.read(dhcp4);
        ddns(dhcp4);
        scopes.read(dhcp4, network.defaults(), "Dhcp4");
        if (!network.defaults().times().containsKey(ImportedScope.Time.LEASE)) {
            network.defaults().put(ImportedScope.Time.LEASE, dhcp4.place(), DEFAULT_LEASE_SECONDS);
        }
        return network;
    }

    private void interfaces(KeaValue.@Nullable Table config) throws CommandFailure {
        if (config == null) {
            return;
        }
        for (KeaValue value : config.many("interfaces")) {
            String name = value instanceof KeaValue.Scalar scalar ? scalar.text() : "";
            int slash = name.indexOf('/');
            if (name.equals("*")) {
                network.findings().add(value.place(), "\"*\" serves every interface; name each in server.interface");
            } else {
                String bare = slash < 0 ? name : name.substring(0, slash);
                network.interfaces().add(new Sourced<>(value.place(), bare));
            }
        }
    }

    /** Only updates that were switched on are missed. */
    private void ddns(KeaValue.Table dhcp4) throws CommandFailure {
        KeaValue.Table ddns = dhcp4.table("dhcp-ddns");
        if (ddns != null && ddns.flag("enable-updates", false)) {
            network.findings().add(ddns.place(), "dynamic DNS is set up in [ddns]; write it there");
        }
    }

    private void sharedNetwork(KeaValue.Table shared, boolean byMac) throws CommandFailure {
        String name = shared.text("name");
        ImportedScope scope = new ImportedScope();
        boolean inner = !shared.flag("match-client-id", !byMac);
        tellAuthoritative(shared);
        List<KeaValue.Table> subnets = shared.tables("subnet4");
        List<Cidr> prefixes = new ArrayList<>();
        for (KeaValue.Table subnet : subnets) {
            prefixes.add(network(subnet));
        }
        tellForeignRelays(shared, prefixes);
        String guard = guard(shared);
        scopes.read(shared, scope, "a shared network");
        for (KeaValue.Table subnet : subnets) {
            ImportedSubnet imported = subnet(subnet, guard, scope, inner);
            imported.shareAs(name == null ? "shared" : name);
        }
    }

    private ImportedSubnet subnet(
            KeaValue.Table table, @Nullable String outerGuard, ImportedScope around, boolean byMac)
            throws CommandFailure {
        ImportedSubnet subnet = new ImportedSubnet(table.place(), network(table));
        subnet.identifyByMac(!table.flag("match-client-id", !byMac));
        tellAuthoritative(table);
        tellForeignRelays(table, List.of(subnet.network()));
        network.subnets().add(subnet);
        String own = guard(table);
        for (KeaValue.Table pool : table.tables("pools")) {
            pool(pool, subnet, guards(outerGuard, own, guard(pool)));
        }
        reservations.read(table);
        scopes.read(table, subnet.scope(), "subnet " + subnet.network());
        subnet.scope().inherit(around);
        return subnet;
    }

    private void tellAuthoritative(KeaValue.Table table) throws CommandFailure {
        if (table.flag("authoritative", false) && !network.isAuthoritative()) {
            network.findings()
                    .add(
                            table.placeOf("authoritative"),
                            "\"authoritative\" holds for all subnets or none; set server.authoritative");
        }
    }

    /** A relay with an address of the link is found by it; another one is not. */
    private void tellForeignRelays(KeaValue.Table table, List<Cidr> link) throws CommandFailure {
        KeaValue.Table relay = table.table("relay");
        if (relay == null) {
            return;
        }
        for (KeaValue value : relay.many("ip-addresses")) {
            String text = value instanceof KeaValue.Scalar scalar ? scalar.text() : "";
            Optional<Ipv4> address = Ipv4.tryParse(text);
            if (address.isEmpty() || link.stream().noneMatch(prefix -> prefix.contains(address.get()))) {
                network.findings()
                        .add(
                                value.place(),
                                "the relay at '" + text + "' has no address on the link; put a subnet with it into"
                                        + " the same shared_network");
            }
        }
    }

    private static Cidr network(KeaValue.Table table) throws CommandFailure {
        String text = table.text("subnet");
        int slash = text == null ? -1 : text.indexOf('/');
        Optional<Ipv4> address = slash < 0 ? Optional.empty() : Ipv4.tryParse(text.substring(0, slash));
        String length = slash < 0 ? "" : text.substring(slash + 1);
        if (address.isEmpty() || !length.matches("[0-9]{1,2}") || Integer.parseInt(length) > 32) {
            throw table.placeOf("subnet").broken("\"subnet\" has to be a network such as 10.0.0.0/24.");
        }
        return Cidr.around(address.get(), Integer.parseInt(length));
    }

    /** The class that may use a subnet or pool; several of them mean any of them. */
    private static @Nullable String guard(KeaValue.Table table) throws CommandFailure {
        String one = table.text("client-class");
        List<KeaValue> many = table.many("client-classes");
        if (many.isEmpty()) {
            return one == null || one.isEmpty() ? null : one;
        }
        return many.size() == 1 && many.get(0) instanceof KeaValue.Scalar scalar
                ? scalar.text()
                : "one of " + many.size() + " classes";
    }

    private static List<String> guards(@Nullable String... names) {
        List<String> guards = new ArrayList<>();
        for (String name : names) {
            if (name != null) {
                guards.add(name);
            }
        }
        return guards;
    }

    private void pool(KeaValue.Table table, ImportedSubnet subnet, List<String> guards) throws CommandFailure {
        AddressRange range = range(table);
        ImportedScope scope = new ImportedScope();
        scopes.read(table, scope, "pool " + range);
        try {
            MatchConfig match = MatchConfig.ANY;
            for (String guard : guards) {
                match = MatchField.both(match, classes.matchOf(guard));
            }
            AddressRange usable = subnet.usable(range.first(), range.last());
            if (usable != null) {
                subnet.pools().add(new ImportedPool(table.place(), usable, match, false, scope));
            }
        } catch (IllegalArgumentException e) {
            network.findings()
                    .add(
                            table.place(),
                            "pool " + range + " is left out, so that it is not open to everybody: " + e.getMessage());
        }
    }

    private static AddressRange range(KeaValue.Table table) throws CommandFailure {
        String text = table.text("pool");
        try {
            String squeezed = text == null ? "" : text.replace(" ", "");
            int dash = squeezed.indexOf('-');
            if (dash > 0) {
                return new AddressRange(
                        Ipv4.parse(squeezed.substring(0, dash)), Ipv4.parse(squeezed.substring(dash + 1)));
            }
            Cidr prefix = Cidr.parse(squeezed);
            return new AddressRange(prefix.network(), prefix.broadcast());
        } catch (IllegalArgumentException e) {
            throw table.placeOf("pool").broken("\"pool\": " + e.getMessage() + ".");
        }
    }
}
