/** The request path: the whole way of a packet, in one file, and what it needs to know of the configuration. */
@NullMarked
package io.athena.dhcpd.dhcp.path;

import org.jspecify.annotations.NullMarked;
