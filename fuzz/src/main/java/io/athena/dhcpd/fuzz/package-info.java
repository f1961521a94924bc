/** Entry points of a coverage-guided fuzzer. */
@NullMarked
package io.athena.dhcpd.fuzz;

import org.jspecify.annotations.NullMarked;
