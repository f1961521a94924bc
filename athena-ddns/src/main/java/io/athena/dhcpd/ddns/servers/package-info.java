/** Chooses the updater that speaks a zone's way of being updated. */
@NullMarked
package io.athena.dhcpd.ddns.servers;

import org.jspecify.annotations.NullMarked;
