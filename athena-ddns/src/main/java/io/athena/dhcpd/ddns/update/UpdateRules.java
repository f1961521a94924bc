package io.athena.dhcpd.ddns.update;

import io.athena.dhcpd.ddns.DdnsConfig;

/**
 * How records are written, from {@code [ddns]}.
 *
 * @param ttl of the records, in seconds
 * @param policy what {@link ZoneUpdater#add} does with somebody else's name
 * @param useDhcid whether ownership is proved by DHCID records
 */
public record UpdateRules(int ttl, DdnsConfig.ConflictPolicy policy, boolean useDhcid) {}
