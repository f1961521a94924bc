/** Names in Technitium DNS Server by its HTTP API. */
@NullMarked
package io.athena.dhcpd.ddns.technitium;

import org.jspecify.annotations.NullMarked;
