/** What happens in the server, as values, and the port that takes them to whoever listens. */
@NullMarked
package io.athena.dhcpd.core.event;

import org.jspecify.annotations.NullMarked;
