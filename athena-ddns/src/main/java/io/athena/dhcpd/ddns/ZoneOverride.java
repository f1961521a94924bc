package io.athena.dhcpd.ddns;

import io.athena.dhcpd.core.net.Cidr;
import org.jspecify.annotations.Nullable;

/**
 * One {@code [[ddns.zone_override]]}: other zones for one subnet.
 *
 * @param subnet whose leases it concerns
 * @param forward in place of {@code [ddns.forward]}, or null
 * @param reverse in place of {@code [ddns.reverse]}, or null
 */
public record ZoneOverride(
        Cidr subnet, @Nullable DnsZone forward, @Nullable DnsZone reverse) {}
