package io.athena.dhcpd.dhcp.wire;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayInfo;
import org.jspecify.annotations.Nullable;

/** Reads option 82 (RFC 3046 section 2.0). */
public final class RelayAgentInfo {

    /** The port on which relay agents listen unless they say otherwise (RFC 1542 section 4). */
    public static final int RELAY_PORT = 67;

    private static final int CIRCUIT_ID = 1;
    private static final int REMOTE_ID = 2;
    private static final int LINK_SELECTION = 5;
    private static final int SERVER_ID_OVERRIDE = 11;
    private static final int SOURCE_PORT = 19;

    private byte @Nullable [] circuitId;
    private byte @Nullable [] remoteId;
    private @Nullable Ipv4 linkSelection;
    private @Nullable Ipv4 serverIdOverride;
    private boolean answersToSourcePort;

    private RelayAgentInfo() {}

    /**
     * What the relay agent said. When a sub-option overruns the option, none of them is believed and the value is kept
     * for the echo alone.
     *
     * @param option82 the value as it came, or null when there was none
     * @param giaddr the relay agent's address, {@link Ipv4#ANY} for none
     * @param sourcePort the UDP port that the packet came from
     */
    public static RelayInfo parse(byte @Nullable [] option82, Ipv4 giaddr, int sourcePort) {
        if (option82 == null) {
            return giaddr.isAny() ? RelayInfo.NONE : new RelayInfo(giaddr, null, null, null, null, null, RELAY_PORT);
        }
        RelayAgentInfo said = new RelayAgentInfo();
        if (!said.read(PacketReader.of(option82))) {
            return new RelayInfo(giaddr, option82, null, null, null, null, RELAY_PORT);
        }
        return new RelayInfo(
                giaddr,
                option82,
                said.circuitId,
                said.remoteId,
                said.linkSelection,
                said.serverIdOverride,
                // RFC 8357 section 4.
                said.answersToSourcePort ? sourcePort : RELAY_PORT);
    }

    private boolean read(PacketReader reader) {
        while (reader.require(1)) {
            int code = reader.u8();
            if (!reader.require(1)) {
                return false;
            }
            int length = reader.u8();
            if (!reader.require(length)) {
                return false;
            }
            take(code, reader.bytes(length));
        }
        return true;
    }

    private void take(int code, byte[] value) {
        switch (code) {
            case CIRCUIT_ID -> circuitId = value.length == 0 ? null : value;
            case REMOTE_ID -> remoteId = value.length == 0 ? null : value;
            case LINK_SELECTION -> linkSelection = value.length == 4 ? Ipv4.of(value, 0) : null;
            case SERVER_ID_OVERRIDE -> serverIdOverride = value.length == 4 ? Ipv4.of(value, 0) : null;
            case SOURCE_PORT -> answersToSourcePort = true;
            default -> {
                // Other sub-options matter to nobody here; they are in the echo.
            }
        }
    }
}
