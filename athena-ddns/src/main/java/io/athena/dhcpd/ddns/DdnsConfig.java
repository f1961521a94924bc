package io.athena.dhcpd.ddns;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code [ddns]}.
 *
 * @param enabled whether names are kept in DNS
 * @param allowClientFqdn whether a client's option 81 may choose its name
 * @param fallbackToMac whether a client without a name gets one made of its MAC
 * @param ttl of the records, in seconds
 * @param updateOnRenew whether a renewal without change refreshes the records
 * @param conflictPolicy what happens when a name belongs to somebody else
 * @param useDhcid whether ownership is proved by DHCID records (RFC 4701)
 * @param retryBackoff the wait after the first failure, doubled each time
 * @param retryMaxBackoff the longest wait
 * @param retryMaxAge after this an update is given up
 * @param forward zone of A records, or null
 * @param reverse zone of PTR records, or null
 * @param overrides other zones for single subnets
 */
public record DdnsConfig(
        boolean enabled,
        boolean allowClientFqdn,
        boolean fallbackToMac,
        int ttl,
        boolean updateOnRenew,
        ConflictPolicy conflictPolicy,
        boolean useDhcid,
        Duration retryBackoff,
        Duration retryMaxBackoff,
        Duration retryMaxAge,
        @Nullable DnsZone forward,
        @Nullable DnsZone reverse,
        List<ZoneOverride> overrides) {

    public enum ConflictPolicy {
        OVERWRITE,
        SKIP,
        APPEND
    }
}
