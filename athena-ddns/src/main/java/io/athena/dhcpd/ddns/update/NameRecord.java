package io.athena.dhcpd.ddns.update;

import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;

/**
 * A name that a client's address has, or shall have, in a forward zone.
 *
 * @param fqdn the whole name in lower case, without a dot at its end
 * @param address what its A record says
 * @param client whose it is, proved by a DHCID record (RFC 4701)
 */
public record NameRecord(String fqdn, Ipv4 address, ClientKey client) {}
