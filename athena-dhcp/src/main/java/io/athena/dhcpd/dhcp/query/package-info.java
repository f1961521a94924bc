/** Leasequery: what other machines may ask about leases, by datagram (RFC 4388) and over TCP (RFC 6926, RFC 7724). */
@NullMarked
package io.athena.dhcpd.dhcp.query;

import org.jspecify.annotations.NullMarked;
