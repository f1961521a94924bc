/** DHCP options: the registry with one row an option, typed values and their bytes, sets of encoded options. */
@NullMarked
package io.athena.dhcpd.core.option;

import org.jspecify.annotations.NullMarked;
