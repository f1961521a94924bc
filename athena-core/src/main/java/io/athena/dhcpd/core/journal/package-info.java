/** The append file that makes a lease durable before its ACK leaves, and the encoding of its records. */
@NullMarked
package io.athena.dhcpd.core.journal;

import org.jspecify.annotations.NullMarked;
