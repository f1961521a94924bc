/** The sub-command about who had which address when. */
@NullMarked
package io.athena.dhcpd.app.history;

import org.jspecify.annotations.NullMarked;
