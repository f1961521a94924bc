/** Imports of sample networks of other servers. */
@NullMarked
package io.athena.dhcpd.app.migrate;

import org.jspecify.annotations.NullMarked;
