/** The sub-commands that do not serve. */
@NullMarked
package io.athena.dhcpd.app.cli;

import org.jspecify.annotations.NullMarked;
