/** The DHCPv4 and BOOTP codec: datagrams to packets and replies to datagrams, with every bounds check in one reader. */
@NullMarked
package io.athena.dhcpd.dhcp.wire;

import org.jspecify.annotations.NullMarked;
