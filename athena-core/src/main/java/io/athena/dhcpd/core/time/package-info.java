/** Time as a dependency: whoever needs it is given it. */
@NullMarked
package io.athena.dhcpd.core.time;

import org.jspecify.annotations.NullMarked;
