/** The {@code leases} sub-command: through the running server where there is one, else on the store itself. */
@NullMarked
package io.athena.dhcpd.app.leases;

import org.jspecify.annotations.NullMarked;
