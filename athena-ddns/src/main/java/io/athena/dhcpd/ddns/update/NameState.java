package io.athena.dhcpd.ddns.update;

import io.athena.dhcpd.core.net.Ipv4;
import java.util.Set;

/**
 * What stands under a name in a forward zone.
 *
 * @param addresses of its A records
 * @param ttl of the A records, seconds; 0 when there are none
 * @param owners its DHCID records as base64, as they are written in a zone file; empty when there are none
 */
public record NameState(Set<Ipv4> addresses, long ttl, Set<String> owners) {}
