/** The lease engine: who owns which address, decided by one thread per link. */
@NullMarked
package io.athena.dhcpd.core.engine;

import org.jspecify.annotations.NullMarked;
