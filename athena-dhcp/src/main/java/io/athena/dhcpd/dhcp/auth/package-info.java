/** Delayed authentication (RFC 3118 section 5): who has proven what, and the seals of replies. */
@NullMarked
package io.athena.dhcpd.dhcp.auth;

import org.jspecify.annotations.NullMarked;
