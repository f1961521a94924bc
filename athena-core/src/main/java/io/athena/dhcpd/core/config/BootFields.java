package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.net.Ipv4;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a reply's header that tell a machine where it boots from (RFC 2131 section 2). Older boot ROMs read
 * nothing else.
 *
 * @param nextServer siaddr, or null when not set here
 * @param sname the server's name, at most 63 bytes; empty to leave the field empty, null when not set here
 * @param file the boot file, at most 127 bytes; empty to leave the field empty, null when not set here
 */
public record BootFields(
        @Nullable Ipv4 nextServer,
        @Nullable String sname,
        @Nullable String file) {

    public static final BootFields NONE = new BootFields(null, null, null);

    /** Room in the header, less the NUL at the end. */
    public static final int MAX_SNAME = 63;

    public static final int MAX_FILE = 127;

    /** These fields with everything that {@code inner} sets put over them. */
    public BootFields overriddenBy(BootFields inner) {
        if (inner.equals(NONE)) {
            return this;
        }
        return new BootFields(
                inner.nextServer != null ? inner.nextServer : nextServer,
                inner.sname != null ? inner.sname : sname,
                inner.file != null ? inner.file : file);
    }
}
