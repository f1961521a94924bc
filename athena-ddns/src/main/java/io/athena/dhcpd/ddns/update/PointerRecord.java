package io.athena.dhcpd.ddns.update;

/**
 * The name that an address has, or shall have, in a reverse zone.
 *
 * @param owner the name of the PTR record in its zone, without a dot at its end; on a delegation by RFC 2317 it is not
 *     the plain reversed address
 * @param fqdn what the PTR record says, without a dot at its end
 */
public record PointerRecord(String owner, String fqdn) {}
