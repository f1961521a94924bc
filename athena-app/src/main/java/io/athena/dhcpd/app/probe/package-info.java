/** The {@code probe} sub-command: a DHCP client for people who want to see what a server answers. */
@NullMarked
package io.athena.dhcpd.app.probe;

import org.jspecify.annotations.NullMarked;
