package io.athena.dhcpd.dhcp.reply;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;

/** Where a reply goes. */
public sealed interface Destination {

    /** To a relay agent, which delivers it. */
    record ToRelay(Ipv4 giaddr, int port) implements Destination {}

    /** To a client that has this address and answers ARP for it. */
    record UnicastIp(Ipv4 address) implements Destination {}

    /** To everybody on the link. */
    record Broadcast() implements Destination {}

    /** To a client that does not answer ARP for {@code yiaddr} yet: a frame to its hardware address. */
    record LinkUnicast(MacAddress mac, Ipv4 yiaddr) implements Destination {}
}
