package io.athena.dhcpd.ddns;

/** One zone and how it is updated. */
public record DnsZone(String zone, DnsTarget target) {}
