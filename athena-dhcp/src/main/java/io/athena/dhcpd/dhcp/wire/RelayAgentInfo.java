package io.athena.dhcpd.dhcp.wire;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.net.SubOptions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads from option 82 (RFC 3046 section 2.0) what every message needs; {@link RelayInfo} knows the rest when asked. */
public final class RelayAgentInfo {

    /** The port on which relay agents listen unless they say otherwise (RFC 1542 section 4). */
    public static final int RELAY_PORT = 67;

    private static final int CIRCUIT_ID = 1;
    private static final int REMOTE_ID = 2;
    private static final int LINK_SELECTION = 5;
    private static final int SERVER_ID_OVERRIDE = 11;
    private static final int SOURCE_PORT = 19;

    /** What Cisco's relay agents send for 5 and 11 unless they are told to send those; RFC 6607 has an empty 152. */
    private static final int CISCO_LINK_SELECTION = 150;

    private static final int CISCO_SERVER_ID_OVERRIDE = 152;

    private final byte[] option82;
    private byte @Nullable [] circuitId;
    private byte @Nullable [] remoteId;
    private @Nullable Ipv4 linkSelection;
    private @Nullable Ipv4 serverIdOverride;
    private boolean answersToSourcePort;

    private RelayAgentInfo(byte[] option82) {
        this.option82 = option82;
    }

    /**
     * What the relay agent said. When a sub-option overruns the option, none of them is believed and the value is kept
     * for the echo alone. Of two with one code the last counts.
     *
     * @param option82 the value as it came, or null when there was none
     * @param giaddr the relay agent's address, {@link Ipv4#ANY} for none
     * @param sourcePort the UDP port that the packet came from
     */
    public static RelayInfo parse(byte @Nullable [] option82, Ipv4 giaddr, int sourcePort) {
        if (option82 == null) {
            return giaddr.isAny() ? RelayInfo.NONE : new RelayInfo(giaddr, null, null, null, null, null, RELAY_PORT);
        }
        RelayAgentInfo said = new RelayAgentInfo(option82);
        SubOptions.visit(option82, said::take);
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

    private void take(int code, int from, int length) {
        switch (code) {
            case CIRCUIT_ID -> circuitId = bytes(from, length);
            case REMOTE_ID -> remoteId = bytes(from, length);
            case LINK_SELECTION -> linkSelection = address(from, length);
            case SERVER_ID_OVERRIDE -> serverIdOverride = address(from, length);
            case SOURCE_PORT -> answersToSourcePort = true;
            case CISCO_LINK_SELECTION -> linkSelection = linkSelection == null ? address(from, length) : linkSelection;
            case CISCO_SERVER_ID_OVERRIDE ->
                serverIdOverride = serverIdOverride == null ? address(from, length) : serverIdOverride;
            default -> {
                // Other sub-options are in the echo, and are looked up there by those who need them.
            }
        }
    }

    private byte @Nullable [] bytes(int from, int length) {
        return length == 0 ? null : Arrays.copyOfRange(option82, from, from + length);
    }

    private @Nullable Ipv4 address(int from, int length) {
        return length == Integer.BYTES ? Ipv4.of(option82, from) : null;
    }
}
