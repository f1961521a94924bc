/** Sockets: one UDP listener an interface, bound as interfaces come and go, and the lanes that packets go to. */
@NullMarked
package io.athena.dhcpd.dhcp.listen;

import org.jspecify.annotations.NullMarked;
