package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.migrate.TomlLines.Part;
import io.athena.dhcpd.core.config.ConfigDurations;
import io.athena.dhcpd.core.config.MatchConfig;
import io.athena.dhcpd.core.config.MatchKey;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes an imported network as a configuration of this server. */
final class TomlWriter {

    private final ImportedNetwork network;
    private final @Nullable Path store;
    private final TomlLines out = new TomlLines();

    private TomlWriter(ImportedNetwork network, @Nullable Path store) {
        this.network = network;
        this.store = store;
    }

    /** @param store the folder of the lease store, or null for the default */
    static TomlLines write(ImportedNetwork network, @Nullable Path store) {
        TomlWriter writer = new TomlWriter(network, store);
        writer.findings();
        writer.server();
        writer.defaults();
        network.subnets().forEach(writer::subnet);
        network.classes().forEach(writer::clientClass);
        return writer.out;
    }

    private void findings() {
        out.comment("Written by athena-dhcpd import; where each part came from stands beside it.");
        List<Findings.Finding> findings = network.findings().all();
        if (!findings.isEmpty()) {
            out.comment("");
            out.comment("Not carried over:");
            findings.forEach(finding -> out.comment("  " + finding));
        }
    }

    private void server() {
        out.header("[server]", null);
        List<String> names =
                network.interfaces().stream().map(Sourced::value).distinct().toList();
        out.key("interface", TomlLines.quoted(names.isEmpty() ? List.of("eth0") : names), interfaces());
        Sourced<Ipv4> serverId = network.serverId();
        if (serverId != null) {
            out.key(
                    "server_id",
                    TomlLines.quoted(serverId.value().toString()),
                    new Part(serverId.place(), "server_id", () -> network.serverId(null)));
        }
        if (store != null) {
            out.key("lease_db", TomlLines.quoted(store.toString()), null);
        }
        if (network.isAuthoritative()) {
            out.key("authoritative", "true", null);
        }
    }

    private @Nullable Part interfaces() {
        return network.interfaces().isEmpty()
                ? null
                : new Part(network.interfaces().get(0).place(), "interface", () -> network.interfaces()
                        .clear());
    }

    private void defaults() {
        ImportedScope defaults = network.defaults();
        if (!defaults.options().isEmpty()
                || !defaults.times().isEmpty()
                || !defaults.boot().isEmpty()) {
            out.header("[defaults]", null);
            scope("defaults", defaults);
        }
    }

    private void subnet(ImportedSubnet subnet) {
        Runnable drop = () -> network.subnets().remove(subnet);
        Part whole = new Part(subnet.place(), "subnet " + subnet.network(), drop);
        out.header("[[subnet]]", whole);
        out.key("network", TomlLines.quoted(subnet.network().toString()), whole);
        if (subnet.sharedNetwork() != null) {
            out.key("shared_network", TomlLines.quoted(subnet.sharedNetwork()), whole);
        }
        if (subnet.identifiedByMac()) {
            out.key("identify_by", "\"mac\"", whole);
        }
        if (subnet.commitsRapidly()) {
            out.key("rapid_commit", "true", whole);
        }
        alwaysSend(subnet);
        scope("subnet", subnet.scope());
        List.copyOf(subnet.pools()).forEach(pool -> pool(subnet, pool));
        List.copyOf(subnet.reservations()).forEach(reservation -> reservation(subnet, reservation));
    }

    /** Only subnets have it, so what the file says for all of them is repeated. */
    private void alwaysSend(ImportedSubnet subnet) {
        ImportedScope all = new ImportedScope();
        all.inherit(subnet.scope());
        all.inherit(network.defaults());
        if (all.alwaysSent().isEmpty()) {
            return;
        }
        String codes = all.alwaysSent().keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
        Place place = all.alwaysSent().values().iterator().next();
        out.key("always_send", "[" + codes + "]", new Part(place, "always_send", () -> {
            subnet.scope().dropAlwaysSent();
            network.defaults().dropAlwaysSent();
        }));
    }

    private void pool(ImportedSubnet subnet, ImportedPool pool) {
        Part whole = new Part(
                pool.place(), "pool " + pool.range(), () -> subnet.pools().remove(pool));
        out.header("[[subnet.pool]]", whole);
        out.key("range_start", TomlLines.quoted(pool.range().first().toString()), whole);
        out.key("range_end", TomlLines.quoted(pool.range().last().toString()), whole);
        if (pool.bootp()) {
            out.key("bootp", "true", whole);
        }
        match(pool.match(), whole);
        scope("subnet.pool", pool.scope());
    }

    private void reservation(ImportedSubnet subnet, ImportedReservation reservation) {
        Part whole = new Part(reservation.place(), "reservation of " + reservation.ip(), () -> subnet.reservations()
                .remove(reservation));
        out.header("[[subnet.reservation]]", whole);
        ImportedReservation.Keys keys = reservation.keys();
        if (!keys.macs().isEmpty()) {
            out.key(
                    "mac",
                    TomlLines.quoted(
                            keys.macs().stream().map(MacAddress::toString).toList()),
                    whole);
        }
        identity("identifier", keys.clientId(), whole);
        identity("circuit_id", keys.circuitId(), whole);
        identity("remote_id", keys.remoteId(), whole);
        out.key("ip", TomlLines.quoted(reservation.ip().toString()), whole);
        if (reservation.ddnsHostname() != null) {
            out.key("ddns_hostname", TomlLines.quoted(reservation.ddnsHostname()), whole);
        }
        scope("subnet.reservation", reservation.scope());
    }

    /** Text that could be taken for hex digits is written as hex. */
    private void identity(String key, byte @Nullable [] bytes, Part whole) {
        if (bytes != null) {
            String text = HexText.of(bytes);
            boolean doubtful = text.matches("[0-9A-Fa-f:-]+");
            out.key(key, TomlLines.quoted(doubtful ? "0x" + HexFormat.of().formatHex(bytes) : text), whole);
        }
    }

    private void clientClass(ImportedClass each) {
        Part whole = new Part(
                each.place(), "class " + each.name(), () -> network.classes().remove(each));
        out.header("[[class]]", whole);
        out.key("name", TomlLines.quoted(each.name()), whole);
        match(each.match(), whole);
        scope("class", each.scope());
    }

    private void match(MatchConfig match, Part whole) {
        for (MatchKey key : MatchKey.values()) {
            String glob = match.pattern(key);
            if (glob != null) {
                out.key(key.key(), TomlLines.quoted(glob), whole);
            }
        }
    }

    private void scope(String table, ImportedScope scope) {
        for (ImportedScope.Boot field : ImportedScope.Boot.values()) {
            Sourced<String> text = scope.boot().get(field);
            if (text != null) {
                Part part = new Part(text.place(), field.key(), () -> scope.drop(field));
                out.key(field.key(), TomlLines.quoted(text.value()), part);
            }
        }
        for (ImportedScope.Time time : ImportedScope.Time.values()) {
            Sourced<Long> seconds = scope.times().get(time);
            if (seconds != null) {
                out.key(
                        time.key(),
                        TomlLines.quoted(ConfigDurations.leaseText(seconds.value())),
                        new Part(seconds.place(), time.key(), () -> scope.drop(time)));
            }
        }
        for (ImportedOption option : scope.options()) {
            OptionText.Written written = OptionText.of(option);
            if (written.key() != null) {
                out.key(written.key(), written.value(), part(option, scope));
            }
        }
        for (ImportedOption option : scope.options()) {
            OptionText.Written written = OptionText.of(option);
            if (written.key() == null) {
                out.header("[[" + table + ".option]]", part(option, scope));
                out.key("code", Integer.toString(option.code()), part(option, scope));
                out.key("type", TomlLines.quoted(written.type().label()), part(option, scope));
                out.key("value", written.value(), part(option, scope));
            }
        }
    }

    private static Part part(ImportedOption option, ImportedScope scope) {
        return new Part(option.place(), "option " + option.code(), () -> scope.drop(option.code()));
    }
}
