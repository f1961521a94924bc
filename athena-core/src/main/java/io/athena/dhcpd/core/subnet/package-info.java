/** The topology that a configuration describes: links, subnets, pools and reservations, immutable and swapped whole. */
@NullMarked
package io.athena.dhcpd.core.subnet;

import org.jspecify.annotations.NullMarked;
