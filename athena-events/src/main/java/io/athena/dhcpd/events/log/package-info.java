/** Keeps the events of late for those who ask later. */
@NullMarked
package io.athena.dhcpd.events.log;

import org.jspecify.annotations.NullMarked;
