/** Tests of the sub-command {@code explain}: captures, dumps, and what it prints. */
@NullMarked
package io.athena.dhcpd.app.explain;

import org.jspecify.annotations.NullMarked;
