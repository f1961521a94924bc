/** The heart of the server: it knows no framework and no network library. */
@NullMarked
package io.athena.dhcpd.core;

import org.jspecify.annotations.NullMarked;
