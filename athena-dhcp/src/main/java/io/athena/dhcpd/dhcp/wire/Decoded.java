package io.athena.dhcpd.dhcp.wire;

/** What a datagram turned out to be. */
public sealed interface Decoded permits DhcpPacket, Malformed {}
