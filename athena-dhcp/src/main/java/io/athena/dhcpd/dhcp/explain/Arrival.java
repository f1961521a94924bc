package io.athena.dhcpd.dhcp.explain;

import io.athena.dhcpd.core.net.Ipv4;

/**
 * A message to explain, as it would come.
 *
 * @param datagram the payload of UDP
 * @param source the IP address it comes from
 * @param sourcePort the UDP port it comes from
 * @param heardOn the interface it comes by, one of the {@link Scene}
 * @param secondsLater how long after the start of the explanation
 */
public record Arrival(byte[] datagram, Ipv4 source, int sourcePort, String heardOn, long secondsLater) {}
