/** What a name server is asked to do about one name, and the port behind which the kinds of name servers differ. */
@NullMarked
package io.athena.dhcpd.ddns.update;

import org.jspecify.annotations.NullMarked;
