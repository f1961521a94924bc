package io.athena.dhcpd.ddns.powerdns;

import java.util.List;

/**
 * All records of one type under one name, without those that are disabled.
 *
 * @param name in lower case without a dot at its end
 * @param ttl in seconds
 * @param contents as in a zone file
 */
record RrSet(String name, String type, long ttl, List<String> contents) {}
