/** Benchmarks that look at what only the engine may see. */
@NullMarked
package io.athena.dhcpd.core.engine;

import org.jspecify.annotations.NullMarked;
