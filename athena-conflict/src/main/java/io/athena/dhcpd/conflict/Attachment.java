package io.athena.dhcpd.conflict;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;

/**
 * A network that an interface of this server is in, where ARP reaches everybody.
 *
 * @param interfaceName the interface
 * @param interfaceIndex the kernel's number for it
 * @param mac its Ethernet address
 * @param own the server's address in the network
 * @param network the network
 */
record Attachment(String interfaceName, int interfaceIndex, MacAddress mac, Ipv4 own, Cidr network) {}
