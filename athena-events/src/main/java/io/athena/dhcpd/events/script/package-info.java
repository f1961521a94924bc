/** Runs scripts for events; the only place where the server starts processes. */
@NullMarked
package io.athena.dhcpd.events.script;

import org.jspecify.annotations.NullMarked;
