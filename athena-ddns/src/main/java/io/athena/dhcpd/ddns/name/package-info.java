/** Which name a lease gets: a pure function of the request, the configuration and who has which name. */
@NullMarked
package io.athena.dhcpd.ddns.name;

import org.jspecify.annotations.NullMarked;
