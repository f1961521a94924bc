/** Management by HTTP: the section {@code [api]}. */
@NullMarked
package io.athena.dhcpd.api;

import org.jspecify.annotations.NullMarked;
