/** Finding addresses in use before they are offered: the section {@code [conflict_detection]}. */
@NullMarked
package io.athena.dhcpd.conflict;

import org.jspecify.annotations.NullMarked;
