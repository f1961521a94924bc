/** The events of the whole server: bus, log and hooks, put together from the configuration. */
@NullMarked
package io.athena.dhcpd.events.service;

import org.jspecify.annotations.NullMarked;
