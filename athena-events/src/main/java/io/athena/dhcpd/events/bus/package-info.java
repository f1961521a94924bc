/** The event bus: takes what happens from the lanes to each listener, and never lets one of them hold up another. */
@NullMarked
package io.athena.dhcpd.events.bus;

import org.jspecify.annotations.NullMarked;
