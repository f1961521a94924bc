@NullMarked
package io.athena.dhcpd.app.history;

import org.jspecify.annotations.NullMarked;
