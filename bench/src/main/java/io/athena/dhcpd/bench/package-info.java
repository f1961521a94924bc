/** Micro-benchmarks of what every packet passes, and the clients and addresses they use. */
@NullMarked
package io.athena.dhcpd.bench;

import org.jspecify.annotations.NullMarked;
