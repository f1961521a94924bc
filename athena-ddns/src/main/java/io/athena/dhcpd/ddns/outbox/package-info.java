/** From the journal to the name servers: which names have to be put or taken, in which order, until it is done. */
@NullMarked
package io.athena.dhcpd.ddns.outbox;

import org.jspecify.annotations.NullMarked;
