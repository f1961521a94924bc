package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.Subnet;
import io.athena.dhcpd.core.subnet.Terms;

/**
 * An address for a client, and on what terms.
 *
 * @param address the address
 * @param subnet the subnet it comes from
 * @param terms options and times
 * @param leaseSeconds option 51 of the reply
 */
public record Assignment(Ipv4 address, Subnet subnet, Terms terms, long leaseSeconds) {}
