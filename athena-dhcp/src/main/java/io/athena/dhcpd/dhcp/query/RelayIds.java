package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.net.SubOptions;
import org.jspecify.annotations.Nullable;

/** The two sub-options of option 82 that leases are asked for by, read as they are when leases are given. */
final class RelayIds {

    private static final int REMOTE_ID = 2;
    private static final int RELAY_ID = 12;

    private RelayIds() {}

    /** Sub-option 2, or null when it is absent or empty. */
    static byte @Nullable [] remoteId(byte @Nullable [] option82) {
        return SubOptions.last(option82, REMOTE_ID);
    }

    /** Sub-option 12 (RFC 6925), or null when it is absent or empty. */
    static byte @Nullable [] relayId(byte @Nullable [] option82) {
        return SubOptions.last(option82, RELAY_ID);
    }
}
