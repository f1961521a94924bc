/** Compares leases with what name servers say, and puts differences right. */
@NullMarked
package io.athena.dhcpd.ddns.reconcile;

import org.jspecify.annotations.NullMarked;
