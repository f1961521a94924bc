/**
 * The {@code import} sub-command: one reader for each other server fills an imported network, one writer makes TOML of
 * it, and what cannot be carried over is found and told with file and line.
 */
@NullMarked
package io.athena.dhcpd.app.migrate;

import org.jspecify.annotations.NullMarked;
