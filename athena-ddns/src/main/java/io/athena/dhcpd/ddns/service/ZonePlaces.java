package io.athena.dhcpd.ddns.service;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.DdnsConfig;
import io.athena.dhcpd.ddns.DnsTarget;
import io.athena.dhcpd.ddns.DnsZone;
import io.athena.dhcpd.ddns.outbox.HeldName;
import io.athena.dhcpd.ddns.outbox.Routes;
import io.athena.dhcpd.ddns.update.UpdateRules;
import io.athena.dhcpd.ddns.update.ZoneUpdater;
import io.athena.dhcpd.ddns.zone.ZoneRoutes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The zones of a configuration with their updaters, which are made once and closed together. */
final class ZonePlaces implements Routes, AutoCloseable {

    private final ZoneRoutes routes;
    private final Map<DnsZone, ZoneUpdater> forward = new LinkedHashMap<>();
    private final Map<DnsZone, ZoneUpdater> reverse = new LinkedHashMap<>();

    /** @param updaters makes the updater of a zone */
    ZonePlaces(DdnsConfig config, BiFunction<DnsZone, UpdateRules, ZoneUpdater> updaters) {
        UpdateRules rules = new UpdateRules(config.ttl(), config.conflictPolicy(), config.useDhcid());
        routes = ZoneRoutes.of(config);
        Map<DnsZone, ZoneUpdater> all = new HashMap<>();
        routes.forwardZones()
                .forEach(zone -> forward.put(zone, all.computeIfAbsent(zone, z -> updaters.apply(z, rules))));
        routes.reverseZones()
                .forEach(zone -> reverse.put(zone, all.computeIfAbsent(zone, z -> updaters.apply(z, rules))));
    }

    @Override
    public @Nullable Place forward(HeldName name) {
        return routes.forward(name.fqdn(), name.subnet())
                .map(zone -> place(zone, forward, name.fqdn()))
                .orElse(null);
    }

    @Override
    public @Nullable Place reverse(HeldName name, Ipv4 address) {
        return routes.reverse(address, name.subnet())
                .map(route -> place(route.zone(), reverse, route.owner()))
                .orElse(null);
    }

    private static @Nullable Place place(DnsZone zone, Map<DnsZone, ZoneUpdater> updaters, String owner) {
        ZoneUpdater updater = updaters.get(zone);
        return updater == null ? null : new Place(updater, server(zone), owner);
    }

    /** What people know the server of a zone by; its key belongs to it, since a server refuses one and takes another. */
    private static String server(DnsZone zone) {
        DnsTarget target = zone.target();
        if (target instanceof DnsTarget.Rfc2136 update) {
            return update.server()
                    + (update.key() == null ? "" : " (key " + update.key().name() + ")");
        }
        return target instanceof DnsTarget.PowerDns api
                ? "PowerDNS " + api.server()
                : "Technitium " + ((DnsTarget.Technitium) target).server();
    }

    /** The zones of A records, by name and server: subnets may have zones of one name on several servers. */
    Map<String, ZoneUpdater> forwardZones() {
        return named(forward);
    }

    /** The zones of PTR records, likewise. */
    Map<String, ZoneUpdater> reverseZones() {
        return named(reverse);
    }

    private static Map<String, ZoneUpdater> named(Map<DnsZone, ZoneUpdater> zones) {
        Map<String, ZoneUpdater> named = new LinkedHashMap<>();
        zones.forEach((zone, updater) -> named.put(zone.zone() + " on " + server(zone), updater));
        return named;
    }

    @Override
    public void close() {
        forward.values().forEach(ZoneUpdater::close);
        reverse.values().forEach(ZoneUpdater::close);
    }
}
