/** The Spring side: one wiring class for each module that needs the container, nothing is found by scanning. */
@NullMarked
package io.athena.dhcpd.app.wiring;

import org.jspecify.annotations.NullMarked;
