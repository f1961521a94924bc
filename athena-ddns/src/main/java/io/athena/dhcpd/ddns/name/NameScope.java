package io.athena.dhcpd.ddns.name;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.ddns.DdnsConfig;
import io.athena.dhcpd.ddns.ZoneOverride;
import org.jspecify.annotations.Nullable;

/**
 * Where the names of a subnet lie.
 *
 * @param limit what every name lies below
 * @param domain what a single label is completed by; the limit or below it
 * @param forward whether there is a zone of A records
 * @param reverse whether there is a zone of PTR records
 */
record NameScope(String limit, String domain, boolean forward, boolean reverse) {

    /**
     * The zones that hold for a subnet.
     *
     * @param forward the zone of A records, or null
     */
    record Zones(@Nullable String forward, boolean reverse) {

        static Zones of(DdnsConfig config, @Nullable ZoneOverride override) {
            boolean ownForward = override != null && override.forward() != null;
            boolean ownReverse = override != null && override.reverse() != null;
            String forward = ownForward
                    ? override.forward().zone()
                    : config.forward() == null ? null : config.forward().zone();
            return new Zones(NameText.configured(forward), ownReverse || config.reverse() != null);
        }

        static @Nullable ZoneOverride override(DdnsConfig config, Cidr subnet) {
            for (ZoneOverride override : config.overrides()) {
                if (override.subnet().equals(subnet)) {
                    return override;
                }
            }
            return null;
        }
    }

    /**
     * The scope of an address, or null when its names go into no zone. Without a zone of A records a PTR record can still
     * say the name that the subnet's domain gives.
     *
     * @param domainName the subnet's domain, or null
     */
    static @Nullable NameScope of(Zones zones, @Nullable String domainName) {
        String zone = zones.forward();
        if (zone != null) {
            boolean inside = domainName != null && (domainName.equals(zone) || NameText.isBelow(domainName, zone));
            return new NameScope(zone, inside ? domainName : zone, true, zones.reverse());
        }
        return domainName == null || !zones.reverse() ? null : new NameScope(domainName, domainName, false, true);
    }

    /** A label in this domain; null when that is too long for a name. */
    @Nullable
    String complete(String label) {
        String name = label + "." + domain;
        return name.length() > NameText.MAX_NAME ? null : name;
    }
}
