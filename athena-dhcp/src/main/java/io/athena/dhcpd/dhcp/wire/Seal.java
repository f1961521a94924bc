package io.athena.dhcpd.dhcp.wire;

import java.nio.ByteBuffer;

/** Shows where a message comes from: option 90 with a code over the whole of it (RFC 3118 section 5.2). */
public interface Seal {

    /** The value of option 90, with zeros at its end where the code will stand. */
    byte[] value();

    /** The code over a message in which {@link #value()} stands: as many bytes as the zeros. */
    byte[] codeOver(ByteBuffer message);
}
