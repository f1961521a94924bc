package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;

/**
 * A name as a lease has it.
 *
 * @param fqdn in lower case, without a dot at its end
 * @param client whose lease it is
 * @param forward whether this server keeps the A record; else the client does (RFC 4702 section 2.1, flag S)
 * @param subnet of the lease, which decides about the zones
 */
record HeldName(String fqdn, ClientKey client, boolean forward, Cidr subnet) {

    /** Whether it is the same name of the same client, whoever keeps it. */
    boolean isSameAs(HeldName other) {
        return fqdn.equals(other.fqdn) && client.equals(other.client);
    }
}
