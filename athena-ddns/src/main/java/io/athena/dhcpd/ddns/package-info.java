/** Names of clients in DNS: the section {@code [ddns]}. */
@NullMarked
package io.athena.dhcpd.ddns;

import org.jspecify.annotations.NullMarked;
