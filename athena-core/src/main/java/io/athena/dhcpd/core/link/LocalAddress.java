package io.athena.dhcpd.core.link;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;

/**
 * An address of an interface.
 *
 * @param ip the address
 * @param network the prefix that is on its link
 */
public record LocalAddress(Ipv4 ip, Cidr network) {

    @Override
    public String toString() {
        return ip + "/" + network.prefix();
    }
}
