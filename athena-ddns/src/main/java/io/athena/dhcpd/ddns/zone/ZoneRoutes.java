package io.athena.dhcpd.ddns.zone;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.DdnsConfig;
import io.athena.dhcpd.ddns.DnsZone;
import io.athena.dhcpd.ddns.ZoneOverride;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which zone takes the records of a lease: that of the narrowest {@code [[ddns.zone_override]]} around its subnet, else
 * {@code [ddns.forward]} and {@code [ddns.reverse]}. A zone that does not have the name or address is passed over.
 * Immutable.
 */
public final class ZoneRoutes {

    private final List<ZoneOverride> overrides;
    private final @Nullable DnsZone forward;
    private final @Nullable DnsZone reverse;

    private ZoneRoutes(List<ZoneOverride> overrides, @Nullable DnsZone forward, @Nullable DnsZone reverse) {
        this.overrides = overrides;
        this.forward = forward;
        this.reverse = reverse;
    }

    public static ZoneRoutes of(DdnsConfig config) {
        List<ZoneOverride> narrowestFirst = config.overrides().stream()
                .sorted(Comparator.comparingInt(
                                (ZoneOverride override) -> override.subnet().prefix())
                        .reversed())
                .toList();
        return new ZoneRoutes(narrowestFirst, config.forward(), config.reverse());
    }

    /** The zone of a name of a lease in this subnet: one that the name is below. */
    public Optional<DnsZone> forward(String fqdn, Cidr subnet) {
        return forward(fqdn, override -> override.contains(subnet));
    }

    /** The zone of a name of this address, where the subnet is not known. */
    public Optional<DnsZone> forward(String fqdn, Ipv4 address) {
        return forward(fqdn, override -> override.contains(address));
    }

    /** Where the PTR record of an address of this subnet stands. */
    public Optional<PointerRoute> reverse(Ipv4 address, Cidr subnet) {
        return reverse(address, override -> override.contains(subnet));
    }

    /** Where the PTR record of this address stands, where the subnet is not known. */
    public Optional<PointerRoute> reverse(Ipv4 address) {
        return reverse(address, override -> override.contains(address));
    }

    /** All zones of A records, each once. */
    public Set<DnsZone> forwardZones() {
        return zones(ZoneOverride::forward, forward);
    }

    /** All zones of PTR records, each once. */
    public Set<DnsZone> reverseZones() {
        return zones(ZoneOverride::reverse, reverse);
    }

    /** Whether a name is below a zone; dots at the end and case do not matter. */
    public static boolean isBelow(String fqdn, String zone) {
        return plain(fqdn).endsWith("." + plain(zone));
    }

    private Optional<DnsZone> forward(String fqdn, Predicate<Cidr> concerned) {
        return candidates(concerned, ZoneOverride::forward, forward)
                .filter(zone -> isBelow(fqdn, zone.zone()))
                .findFirst();
    }

    private Optional<PointerRoute> reverse(Ipv4 address, Predicate<Cidr> concerned) {
        return candidates(concerned, ZoneOverride::reverse, reverse)
                .flatMap(zone -> ReverseZone.parse(zone.zone())
                        .flatMap(addresses -> addresses.owner(address))
                        .map(owner -> new PointerRoute(zone, owner))
                        .stream())
                .findFirst();
    }

    private Stream<DnsZone> candidates(
            Predicate<Cidr> concerned, Function<ZoneOverride, @Nullable DnsZone> part, @Nullable DnsZone otherwise) {
        List<DnsZone> candidates = new ArrayList<>();
        for (ZoneOverride override : overrides) {
            DnsZone zone = part.apply(override);
            if (zone != null && concerned.test(override.subnet())) {
                candidates.add(zone);
            }
        }
        if (otherwise != null) {
            candidates.add(otherwise);
        }
        return candidates.stream();
    }

    private Set<DnsZone> zones(Function<ZoneOverride, @Nullable DnsZone> part, @Nullable DnsZone otherwise) {
        Set<DnsZone> zones = new LinkedHashSet<>();
        Stream.concat(Stream.ofNullable(otherwise), overrides.stream().map(part))
                .filter(Objects::nonNull)
                .forEach(zones::add);
        return zones;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    }
}
