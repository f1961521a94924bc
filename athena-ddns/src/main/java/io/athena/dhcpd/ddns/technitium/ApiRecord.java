package io.athena.dhcpd.ddns.technitium;

/**
 * One record, not disabled.
 *
 * @param name in lower case without a dot at its end
 * @param ttl in seconds
 * @param value the address, the name or the DHCID as base64; empty for other types
 */
record ApiRecord(String name, String type, long ttl, String value) {}
