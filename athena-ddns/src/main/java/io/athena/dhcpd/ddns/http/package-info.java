/** Asks name servers by HTTP: bounded, interruptible, and with failures in sentences that help. */
@NullMarked
package io.athena.dhcpd.ddns.http;

import org.jspecify.annotations.NullMarked;
