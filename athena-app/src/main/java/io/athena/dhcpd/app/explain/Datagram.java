package io.athena.dhcpd.app.explain;

import io.athena.dhcpd.core.net.Ipv4;

/** A UDP datagram out of a packet. */
record Datagram(Ipv4 source, int sourcePort, Ipv4 target, int targetPort, byte[] payload) {}
