/** What happened, told after it is durable. */
@NullMarked
package io.athena.dhcpd.core.event;

import org.jspecify.annotations.NullMarked;
