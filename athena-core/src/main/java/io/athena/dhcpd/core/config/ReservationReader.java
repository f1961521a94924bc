package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code [[subnet.reservation]]}. */
final class ReservationReader {

    private final ScopeReader scopes;
    private final Places places;

    ReservationReader(ScopeReader scopes, Places places) {
        this.scopes = scopes;
        this.places = places;
    }

    /** The reservation, or null when it has no usable address. */
    @Nullable
    ReservationConfig read(TomlTable table, @Nullable Cidr network, OptionScope inherited) {
        Ipv4 ip = table.ipv4("ip");
        table.require("ip", "\"10.0.0.10\"");
        List<MacAddress> macs =
                table.list("mac", "a MAC address such as \"aa:bb:cc:dd:ee:ff\", or a list", MacAddress::parse);
        byte[] clientId = table.text("identifier", "an identifier such as \"01:aa:bb:cc:dd:ee:ff\"", ClientIds::parse);
        byte[] circuitId = relayId(table, "circuit_id");
        byte[] remoteId = relayId(table, "remote_id");
        String ddnsHostname = ddnsHostname(table);
        OptionScope scope = scopes.read(table, inherited);
        String clientClass = MatchReader.clientClass(table);
        String hostname = table.string("hostname");
        if (!table.has("mac") && !table.has("identifier") && !table.has("circuit_id") && !table.has("remote_id")) {
            table.error("mac", "nothing says whom the address is for", "add mac, identifier, circuit_id or remote_id");
        }
        if (ip == null) {
            return null;
        }
        if (network != null) {
            checkAddress(table, ip, network);
        }
        return places.put(
                new ReservationConfig(
                        table.line(),
                        ip,
                        macs,
                        clientId,
                        circuitId,
                        remoteId,
                        hostname,
                        ddnsHostname,
                        scope,
                        clientClass),
                table);
    }

    private static void checkAddress(TomlTable table, Ipv4 ip, Cidr network) {
        if (!network.contains(ip)) {
            table.error("ip", ip + " is outside its subnet " + network, "move it, or change the address");
        } else if (network.isNetworkOrBroadcast(ip)) {
            table.error("ip", ip + " is the network or broadcast address of " + network, "choose another address");
        }
    }

    private static byte @Nullable [] relayId(TomlTable table, String key) {
        return table.text(key, "text, or 0x and hex", text -> {
            byte[] id = HexText.parse(text);
            if (id.length == 0 || id.length > 255) {
                throw new IllegalArgumentException("has " + id.length + " bytes; relays send 1 to 255");
            }
            return id;
        });
    }

    private static @Nullable String ddnsHostname(TomlTable table) {
        return table.text("ddns_hostname", "a name such as \"core-switch\"", name -> {
            if (!DnsNames.isName(name)) {
                throw new IllegalArgumentException("'" + name + "' is not a name for DNS");
            }
            return name;
        });
    }
}
