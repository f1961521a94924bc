package io.athena.dhcpd.ddns.zone;

import io.athena.dhcpd.ddns.DnsZone;

/**
 * Where the PTR record of an address stands.
 *
 * @param zone that takes it
 * @param owner its name, in lower case without a dot at its end
 */
public record PointerRoute(DnsZone zone, String owner) {}
