package io.athena.dhcpd.ddns.name;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.DdnsConfig;
import io.athena.dhcpd.ddns.DnsZone;
import io.athena.dhcpd.ddns.ZoneOverride;
import io.athena.dhcpd.ddns.zone.ReverseZone;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The zones that hold for a subnet: those of the narrowest override around it, else the usual ones.
 *
 * @param forward the zone of A records, or null
 * @param reverse the zones that PTR records may be in
 */
record SubnetZones(@Nullable String forward, List<ReverseZone> reverse) {

    static SubnetZones of(DdnsConfig config, Cidr subnet) {
        String forward = candidates(config, subnet, ZoneOverride::forward, config.forward())
                .map(DnsZone::zone)
                .findFirst()
                .orElse(null);
        List<ReverseZone> reverse = candidates(config, subnet, ZoneOverride::reverse, config.reverse())
                .map(zone -> ReverseZone.parse(zone.zone()))
                .flatMap(Optional::stream)
                .toList();
        return new SubnetZones(NameText.configured(forward), reverse);
    }

    private static Stream<DnsZone> candidates(
            DdnsConfig config,
            Cidr subnet,
            Function<ZoneOverride, @Nullable DnsZone> part,
            @Nullable DnsZone otherwise) {
        Stream<DnsZone> overriding = config.overrides().stream()
                .filter(override -> override.subnet().contains(subnet))
                .sorted(Comparator.comparingInt(override -> -override.subnet().prefix()))
                .flatMap(override -> Stream.ofNullable(part.apply(override)));
        return Stream.concat(overriding, Stream.ofNullable(otherwise));
    }

    /** Whether the address can have a PTR record. */
    boolean hasPointer(Ipv4 address) {
        for (ReverseZone zone : reverse) {
            if (zone.owner(address).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
