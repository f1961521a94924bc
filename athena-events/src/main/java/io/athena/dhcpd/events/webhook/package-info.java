/** Sends events to web services. */
@NullMarked
package io.athena.dhcpd.events.webhook;

import org.jspecify.annotations.NullMarked;
