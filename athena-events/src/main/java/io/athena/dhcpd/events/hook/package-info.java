/** What scripts and webhooks have in common: which events they get, in which order, and what became of them. */
@NullMarked
package io.athena.dhcpd.events.hook;

import org.jspecify.annotations.NullMarked;
