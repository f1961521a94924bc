package io.athena.dhcpd.dhcp.listen;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The server cannot listen where it should; the message says where, why, and what to do. */
public final class ListenException extends IOException {

    ListenException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
