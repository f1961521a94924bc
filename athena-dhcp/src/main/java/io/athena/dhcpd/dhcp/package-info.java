/** The DHCP service as a whole: lanes, engines and listener wired together, started, reloaded and stopped. */
@NullMarked
package io.athena.dhcpd.dhcp;

import org.jspecify.annotations.NullMarked;
