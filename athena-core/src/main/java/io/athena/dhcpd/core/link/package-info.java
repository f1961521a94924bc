/** Raw frames through the kernel: AF_PACKET by JNR, with a fake beside it. */
@NullMarked
package io.athena.dhcpd.core.link;

import org.jspecify.annotations.NullMarked;
