/** What an event looks like outside the program: as JSON and as environment variables. */
@NullMarked
package io.athena.dhcpd.events.render;

import org.jspecify.annotations.NullMarked;
