/** Addresses, prefixes and client identity: the values that everything else is written in. */
@NullMarked
package io.athena.dhcpd.core.net;

import org.jspecify.annotations.NullMarked;
