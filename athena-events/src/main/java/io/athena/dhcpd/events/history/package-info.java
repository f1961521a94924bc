/** Who had which address when: written down from the lease journal, kept for a time, and asked. */
@NullMarked
package io.athena.dhcpd.events.history;

import org.jspecify.annotations.NullMarked;
