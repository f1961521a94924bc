/** Two servers that share their leases: the section {@code [ha]}. */
@NullMarked
package io.athena.dhcpd.ha;

import org.jspecify.annotations.NullMarked;
