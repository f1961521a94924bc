/**
 * The crash test's load client and the checker of what it was promised: a codec of its own, so that the server's codec
 * is not judged by itself. Run by {@code lab/crash.sh} and {@code lab/hostile.sh}.
 */
@NullMarked
package io.athena.dhcpd.app.load;

import org.jspecify.annotations.NullMarked;
