/** Holds the documents true: what they name exists, and their tables are those of the program. */
@NullMarked
package io.athena.dhcpd.app.docs;

import org.jspecify.annotations.NullMarked;
