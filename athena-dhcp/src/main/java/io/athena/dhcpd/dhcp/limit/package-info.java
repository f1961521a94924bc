/** How many packets a client, a relay port and everybody together may send before the server stops listening to them. */
@NullMarked
package io.athena.dhcpd.dhcp.limit;

import org.jspecify.annotations.NullMarked;
