/** The sub-commands about events and hooks. */
@NullMarked
package io.athena.dhcpd.app.events;

import org.jspecify.annotations.NullMarked;
