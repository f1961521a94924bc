/** Hooks that tell scripts and web services about leases: the section {@code [hooks]}. */
@NullMarked
package io.athena.dhcpd.events;

import org.jspecify.annotations.NullMarked;
