package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import org.jspecify.annotations.Nullable;

/** Reads {@code [[subnet.pool]]}. */
final class PoolReader {

    private static final long MAX_ADDRESSES = 1L << 24;

    private final ScopeReader scopes;
    private final Places places;

    PoolReader(ScopeReader scopes, Places places) {
        this.scopes = scopes;
        this.places = places;
    }

    /** The pool, or null when it has no usable range. */
    @Nullable
    PoolConfig read(TomlTable table, @Nullable Cidr network, OptionScope inherited) {
        Ipv4 first = table.ipv4("range_start");
        Ipv4 last = table.ipv4("range_end");
        table.require("range_start", "\"10.0.0.100\"");
        table.require("range_end", "\"10.0.0.200\"");
        OptionScope scope = scopes.read(table, inherited);
        MatchConfig match = MatchReader.read(table, MatchReader.clientClass(table));
        boolean bootp = table.bool("bootp", false);
        if (first == null || last == null) {
            return null;
        }
        if (first.compareTo(last) > 0) {
            table.error("range_start", first + " comes after range_end " + last, "swap them");
            return null;
        }
        AddressRange range = new AddressRange(first, last);
        checkRange(table, range, network);
        return places.put(new PoolConfig(table.line(), range, scope, match, bootp), table);
    }

    private static void checkRange(TomlTable table, AddressRange range, @Nullable Cidr network) {
        if (range.size() > MAX_ADDRESSES) {
            table.error(
                    "range_end",
                    "the pool has " + range.size() + " addresses, more than " + MAX_ADDRESSES,
                    "split it into smaller pools");
        }
        if (network == null) {
            return;
        }
        checkInside(table, "range_start", range.first(), network);
        checkInside(table, "range_end", range.last(), network);
        unusable(table, "range_start", "network", range.first(), network.network(), network);
        unusable(table, "range_end", "broadcast", range.last(), network.broadcast(), network);
    }

    private static void checkInside(TomlTable table, String key, Ipv4 address, Cidr network) {
        if (!network.contains(address)) {
            table.error(
                    key,
                    address + " is outside its subnet " + network,
                    "choose an address of " + network.network() + " to " + network.broadcast());
        }
    }

    private static void unusable(TomlTable table, String key, String which, Ipv4 edge, Ipv4 address, Cidr network) {
        if (edge.equals(address) && network.isNetworkOrBroadcast(address)) {
            table.warning(
                    key,
                    address + " is the " + which + " address of " + network + " and is not given to anybody",
                    "leave it out of the pool");
        }
    }
}
