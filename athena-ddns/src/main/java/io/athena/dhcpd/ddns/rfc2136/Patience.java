package io.athena.dhcpd.ddns.rfc2136;

import java.time.Duration;
import java.util.List;

/**
 * How long is waited for a name server.
 *
 * @param udp for the answer to each datagram
 * @param tcp for the answer by TCP, after those
 * @param listing for a whole zone
 * @param lookup for the address of a server that is configured by name
 */
record Patience(List<Duration> udp, Duration tcp, Duration listing, Duration lookup) {

    static final Patience USUAL = new Patience(
            List.of(Duration.ofMillis(1000), Duration.ofMillis(1500)),
            Duration.ofMillis(2500),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2));
}
