package io.athena.dhcpd.dhcp.query;

import java.time.Duration;

/**
 * How long things may take on a connection.
 *
 * @param opening from the connection to its first query, TLS included
 * @param idle without a query, before the connection is closed
 * @param keepAlive without an update, before a requester of updates is told that the connection lives
 * @param send without reading, before a requester is given up
 */
public record QueryTimes(Duration opening, Duration idle, Duration keepAlive, Duration send) {

    /** RFC 6926 section 6.3 and RFC 7724 section 6.3. */
    public static final QueryTimes STANDARD =
            new QueryTimes(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(2));
}
