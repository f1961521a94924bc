/** The serving process: the data plane in plain Java, signals, and the order of starting and stopping. */
@NullMarked
package io.athena.dhcpd.app.serve;

import org.jspecify.annotations.NullMarked;
