/** The probe against a server of a few lines on loopback. */
@NullMarked
package io.athena.dhcpd.app.probe;

import org.jspecify.annotations.NullMarked;
