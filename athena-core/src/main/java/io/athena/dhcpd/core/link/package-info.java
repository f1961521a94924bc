/** The machine's interfaces, and raw frames through the kernel by JNR, with a fake beside each port. */
@NullMarked
package io.athena.dhcpd.core.link;

import org.jspecify.annotations.NullMarked;
