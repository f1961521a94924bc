/** The TOML file: read with positions, validated whole, compiled into records. */
@NullMarked
package io.athena.dhcpd.core.config;

import org.jspecify.annotations.NullMarked;
