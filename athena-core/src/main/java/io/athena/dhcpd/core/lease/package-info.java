/** What the engine, the journal and the store say to each other: leases, conflicts and typed client requests. */
@NullMarked
package io.athena.dhcpd.core.lease;

import org.jspecify.annotations.NullMarked;
