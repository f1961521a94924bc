/** The commands about addresses in conflict: {@code conflicts list}, {@code clear}, {@code exclude}, {@code include}. */
@NullMarked
package io.athena.dhcpd.app.conflicts;

import org.jspecify.annotations.NullMarked;
