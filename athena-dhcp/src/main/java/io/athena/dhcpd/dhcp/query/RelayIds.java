package io.athena.dhcpd.dhcp.query;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The two sub-options of option 82 that leases are asked for by. */
final class RelayIds {

    private static final int REMOTE_ID = 2;
    private static final int RELAY_ID = 12;

    private RelayIds() {}

    /** Sub-option 2, or null when it is absent or empty. */
    static byte @Nullable [] remoteId(byte @Nullable [] option82) {
        return find(option82, REMOTE_ID);
    }

    /** Sub-option 12 (RFC 6925), or null when it is absent or empty. */
    static byte @Nullable [] relayId(byte @Nullable [] option82) {
        return find(option82, RELAY_ID);
    }

    private static byte @Nullable [] find(byte @Nullable [] option82, int code) {
        if (option82 == null) {
            return null;
        }
        for (int at = 0; at + 2 <= option82.length; at += 2 + (option82[at + 1] & 0xff)) {
            int end = at + 2 + (option82[at + 1] & 0xff);
            if ((option82[at] & 0xff) == code) {
                return end > option82.length || end == at + 2 ? null : Arrays.copyOfRange(option82, at + 2, end);
            }
        }
        return null;
    }
}
