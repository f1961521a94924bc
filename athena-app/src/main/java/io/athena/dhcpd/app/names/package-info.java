/** The sub-command {@code names}: how names in DNS fare. */
@NullMarked
package io.athena.dhcpd.app.names;

import org.jspecify.annotations.NullMarked;
