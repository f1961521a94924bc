/** The Unix socket by which the command line speaks to the running server. */
@NullMarked
package io.athena.dhcpd.app.control;

import org.jspecify.annotations.NullMarked;
