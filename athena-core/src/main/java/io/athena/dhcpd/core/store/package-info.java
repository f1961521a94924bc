/** The checkpoint in Xodus and the opening of a store folder: checkpoint plus replay. */
@NullMarked
package io.athena.dhcpd.core.store;

import org.jspecify.annotations.NullMarked;
