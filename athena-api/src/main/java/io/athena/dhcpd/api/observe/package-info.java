/** The server as seen by those who watch it: meters for Prometheus and Actuator, and its health. */
@NullMarked
package io.athena.dhcpd.api.observe;

import org.jspecify.annotations.NullMarked;
