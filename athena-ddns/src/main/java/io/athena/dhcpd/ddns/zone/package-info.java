/** Which zone takes a name or an address, and under which name its records stand there. */
@NullMarked
package io.athena.dhcpd.ddns.zone;

import org.jspecify.annotations.NullMarked;
