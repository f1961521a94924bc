package io.athena.dhcpd.ddns.rfc2136;

/** What a server was asked for. */
enum Asked {
    UPDATE,
    QUERY,
    LISTING
}
