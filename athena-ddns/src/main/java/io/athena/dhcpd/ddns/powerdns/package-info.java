/** Names in PowerDNS by its HTTP API. */
@NullMarked
package io.athena.dhcpd.ddns.powerdns;

import org.jspecify.annotations.NullMarked;
