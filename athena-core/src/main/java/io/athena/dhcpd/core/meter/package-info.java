/** The server's meters: one documented enum and plain adders that need no framework. */
@NullMarked
package io.athena.dhcpd.core.meter;

import org.jspecify.annotations.NullMarked;
