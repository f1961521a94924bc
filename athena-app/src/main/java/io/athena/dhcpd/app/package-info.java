/** The program: its main class and what all of its sub-commands share. */
@NullMarked
package io.athena.dhcpd.app;

import org.jspecify.annotations.NullMarked;
