package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.VpnId;
import io.athena.dhcpd.core.option.OptionDefinition;
import io.athena.dhcpd.core.option.OptionRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code [[subnet]]} with all that is in it. */
final class SubnetReader {

    private enum Identity {
        CLIENT_ID,
        MAC
    }

    private final OptionRegistry registry;
    private final ScopeReader scopes;
    private final Places places;
    private final PoolReader pools;
    private final ReservationReader reservations;

    SubnetReader(OptionRegistry registry, ScopeReader scopes, Places places) {
        this.registry = registry;
        this.scopes = scopes;
        this.places = places;
        this.pools = new PoolReader(scopes, places);
        this.reservations = new ReservationReader(scopes, places);
    }

    /** The subnet, or null when it has no usable network. */
    @Nullable
    SubnetConfig read(TomlTable table, OptionScope defaults) {
        Cidr network = table.cidr("network");
        table.require("network", "\"10.0.0.0/24\"");
        if (network != null && network.network().toLong() >= 0xe0000000L) {
            table.error("network", network + " holds no addresses for hosts", "write a unicast network");
        }
        OptionScope scope = scopes.read(table, defaults);
        OptionScope inherited = defaults.overriddenBy(scope);
        List<PoolConfig> poolList = table.tables("pool").stream()
                .map(pool -> pools.read(pool, network, inherited))
                .filter(Objects::nonNull)
                .toList();
        List<ReservationConfig> reservationList = table.tables("reservation").stream()
                .map(reservation -> reservations.read(reservation, network, inherited))
                .filter(Objects::nonNull)
                .toList();
        SubnetConfig subnet = new SubnetConfig(
                table.line(),
                network == null ? Cidr.parse("0.0.0.0/0") : network,
                sharedNetwork(table),
                scope,
                poolList,
                reservationList,
                table.choice("identify_by", Identity.class, Identity.CLIENT_ID) == Identity.MAC,
                table.bool("rapid_commit", false),
                table.bool("subnet_selection", false),
                table.text("vss", "a VPN's name such as \"blue\", or 0x and 14 hex digits", VpnId::parse),
                alwaysSend(table),
                MatchReader.clientClass(table),
                AuthenticationReader.read(table.table("authentication"), places));
        return network == null ? null : places.put(subnet, table);
    }

    private static @Nullable String sharedNetwork(TomlTable table) {
        return table.text("shared_network", "a name such as \"campus\"", name -> {
            if (!name.matches("[\\p{Alnum}][\\p{Alnum} ._-]{0,62}")) {
                throw new IllegalArgumentException("'" + name + "' is not made of letters, digits, blanks and . _ -");
            }
            return name;
        });
    }

    /** Codes as numbers, or options by their key. */
    private List<Integer> alwaysSend(TomlTable table) {
        List<Integer> codes = new ArrayList<>();
        TomlValue value = table.value("always_send");
        if (value == null) {
            return codes;
        }
        List<TomlValue> elements = value instanceof TomlValue.Array array ? array.values() : List.of(value);
        for (TomlValue element : elements) {
            String text = "";
            if (element instanceof TomlValue.Whole whole) {
                text = Long.toString(whole.number());
            } else if (element instanceof TomlValue.Text name) {
                text = name.text();
            }
            registry.find(text)
                    .filter(OptionDefinition::settable)
                    .ifPresentOrElse(
                            option -> codes.add(option.code()),
                            () -> table.error(
                                    "always_send",
                                    "holds " + describe(element) + ", which is no option that can be configured",
                                    "write codes or keys such as [43, \"domain_name\"]"));
        }
        return List.copyOf(codes);
    }

    private static String describe(TomlValue element) {
        return element instanceof TomlValue.Text text ? "'" + text.text() + "'" : element.kind();
    }
}
