/** What would become of a message, and why: the real path, run in a world that is thrown away. */
@NullMarked
package io.athena.dhcpd.dhcp.explain;

import org.jspecify.annotations.NullMarked;
