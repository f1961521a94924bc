/** Tells a syslog server about entries of the history (RFC 5424), at least once each. */
@NullMarked
package io.athena.dhcpd.events.syslog;

import org.jspecify.annotations.NullMarked;
