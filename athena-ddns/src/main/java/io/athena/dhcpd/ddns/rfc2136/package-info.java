/** Zones on name servers that take DNS UPDATE (RFC 2136), signed by TSIG (RFC 8945), by the procedure of RFC 4703. */
@NullMarked
package io.athena.dhcpd.ddns.rfc2136;

import org.jspecify.annotations.NullMarked;
