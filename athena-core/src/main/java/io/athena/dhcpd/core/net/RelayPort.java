package io.athena.dhcpd.core.net;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The port of a relay agent that a client hangs on: what a limit on everybody behind it counts by.
 *
 * @param giaddr the relay agent
 * @param circuitId its circuit id, one character a byte; empty for none
 * @param remoteId its remote id, one character a byte; empty for none
 */
public record RelayPort(Ipv4 giaddr, String circuitId, String remoteId) {

    /** The port that option 82 names, or null: a relay agent alone may stand for a whole town. */
    public static @Nullable RelayPort of(RelayInfo relay) {
        String circuitId = text(relay.circuitId());
        String remoteId = text(relay.remoteId());
        return circuitId.isEmpty() && remoteId.isEmpty() ? null : new RelayPort(relay.giaddr(), circuitId, remoteId);
    }

    private static String text(byte @Nullable [] id) {
        return id == null ? "" : new String(id, StandardCharsets.ISO_8859_1);
    }
}
