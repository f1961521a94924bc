/** The sub-command {@code explain}: messages from flags, hex or captures, and what the server would make of them. */
@NullMarked
package io.athena.dhcpd.app.explain;

import org.jspecify.annotations.NullMarked;
