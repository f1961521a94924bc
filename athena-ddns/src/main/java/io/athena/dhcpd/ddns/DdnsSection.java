package io.athena.dhcpd.ddns;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.SectionReader;
import io.athena.dhcpd.core.config.SubnetConfig;
import io.athena.dhcpd.core.config.TomlTable;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code [ddns]}. */
public final class DdnsSection implements SectionReader<DdnsConfig> {

    private static final int DOMAIN_NAME = 15;

    @Override
    public String name() {
        return "ddns";
    }

    @Override
    public Class<DdnsConfig> type() {
        return DdnsConfig.class;
    }

    @Override
    public DdnsConfig read(TomlTable table) {
        boolean enabled = table.bool("enabled", false);
        DnsZone forward = zone(table.table("forward"), false);
        DnsZone reverse = zone(table.table("reverse"), true);
        List<ZoneOverride> overrides = overrides(table.tables("zone_override"));
        if (enabled && forward == null && reverse == null && overrides.isEmpty()) {
            table.error("enabled", "no zone is configured", "add [ddns.forward] or [ddns.reverse]");
        }
        Duration backoff =
                table.duration("retry_backoff", Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMinutes(1));
        Duration maxBackoff = table.duration(
                "retry_max_backoff", Duration.ofMinutes(1), Duration.ofMillis(100), Duration.ofMinutes(1));
        if (backoff.compareTo(maxBackoff) > 0) {
            table.error("retry_backoff", "is longer than retry_max_backoff", "make it shorter");
        }
        return new DdnsConfig(
                enabled,
                table.bool("allow_client_fqdn", true),
                table.bool("fallback_to_mac", true),
                table.integer("ttl", 300, 0, Integer.MAX_VALUE),
                table.bool("update_on_renew", false),
                table.choice("conflict_policy", ConflictPolicy.class, ConflictPolicy.SKIP),
                table.bool("use_dhcid", true),
                backoff,
                maxBackoff,
                table.duration("retry_max_age", Duration.ofDays(30), Duration.ofMinutes(1), Duration.ofDays(365)),
                forward,
                reverse,
                overrides);
    }

    @Override
    public void check(AthenaConfig config, Function<Record, TomlTable> places) {
        DdnsConfig ddns = config.section(DdnsConfig.class);
        if (!ddns.enabled()) {
            return;
        }
        for (SubnetConfig subnet : config.subnets()) {
            DnsZone zone = forwardZone(ddns, subnet.network());
            byte[] domain =
                    config.defaults().overriddenBy(subnet.scope()).options().get(DOMAIN_NAME);
            if (zone != null && domain != null && !isWithin(new String(domain, StandardCharsets.UTF_8), zone.zone())) {
                places.apply(subnet)
                        .warning(
                                "domain_name",
                                "lies outside the zone " + zone.zone() + " in which dynamic DNS puts its clients",
                                "their names will end in " + zone.zone());
            }
        }
    }

    private static @Nullable DnsZone forwardZone(DdnsConfig ddns, Cidr subnet) {
        return ddns.overrides().stream()
                .filter(override ->
                        override.forward() != null && override.subnet().contains(subnet))
                .max(Comparator.comparingInt(override -> override.subnet().prefix()))
                .map(ZoneOverride::forward)
                .orElse(ddns.forward());
    }

    private static boolean isWithin(String domain, String zone) {
        String name = "." + domain.toLowerCase(Locale.ROOT);
        return (name.endsWith(".") ? name.substring(0, name.length() - 1) : name).endsWith("." + zone);
    }

    private static @Nullable DnsZone zone(TomlTable table, boolean reverse) {
        String zone = reverse ? ZoneReader.reverseZone(table, "zone") : ZoneReader.zone(table, "zone");
        if (table.isPresent()) {
            table.require("zone", "\"office.example.net\"");
        }
        DnsTarget target = ZoneReader.target(table);
        return zone == null || target == null ? null : new DnsZone(zone, target);
    }

    private static List<ZoneOverride> overrides(List<TomlTable> tables) {
        Set<Cidr> subnets = new HashSet<>();
        return tables.stream()
                .map(table -> override(table, subnets))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable ZoneOverride override(TomlTable table, Set<Cidr> subnets) {
        table.require("subnet", "\"10.10.0.0/24\"");
        Cidr subnet = table.cidr("subnet");
        String forward = ZoneReader.zone(table, "forward_zone");
        String reverse = ZoneReader.reverseZone(table, "reverse_zone");
        DnsTarget target = ZoneReader.target(table);
        if (!table.has("forward_zone") && !table.has("reverse_zone")) {
            table.error("forward_zone", "nothing is overridden", "add forward_zone or reverse_zone");
        }
        if (subnet == null || target == null) {
            return null;
        }
        if (!subnets.add(subnet)) {
            table.error("subnet", subnet + " has another override", "keep one of them");
        }
        return new ZoneOverride(
                subnet,
                forward == null ? null : new DnsZone(forward, target),
                reverse == null ? null : new DnsZone(reverse, target));
    }
}
