/** What a reply says and which way it takes: options, the destination of RFC 2131 section 4.1, and the sender. */
@NullMarked
package io.athena.dhcpd.dhcp.reply;

import org.jspecify.annotations.NullMarked;
