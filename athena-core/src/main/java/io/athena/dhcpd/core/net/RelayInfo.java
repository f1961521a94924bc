package io.athena.dhcpd.core.net;

import org.jspecify.annotations.Nullable;

/**
 * What a relay agent said about the client: its address and option 82 (RFC 3046). Arrays are shared, never changed.
 *
 * @param giaddr the relay agent's address; {@link Ipv4#ANY} when the client was heard directly
 * @param option82 the whole option value as it came, for the echo; null without option 82
 * @param circuitId sub-option 1, or null
 * @param remoteId sub-option 2, or null
 * @param linkSelection sub-option 5 (RFC 3527), or null
 * @param serverIdOverride sub-option 11 (RFC 5107), or null
 * @param relayPort the port to reply to: 67, or the relay's source port with sub-option 19 (RFC 8357)
 */
public record RelayInfo(
        Ipv4 giaddr,
        byte @Nullable [] option82,
        byte @Nullable [] circuitId,
        byte @Nullable [] remoteId,
        @Nullable Ipv4 linkSelection,
        @Nullable Ipv4 serverIdOverride,
        int relayPort) {

    /** A client heard directly, without option 82. */
    public static final RelayInfo NONE = new RelayInfo(Ipv4.ANY, null, null, null, null, null, 67);

    private static final int SUBSCRIBER_ID = 6;
    private static final int RELAY_ID = 12;
    private static final int VSS = 151;

    /** Whether the packet came through a relay agent. */
    public boolean isRelayed() {
        return !giaddr.isAny();
    }

    /** Sub-option 6 (RFC 3993), or null. */
    public byte @Nullable [] subscriberId() {
        return SubOptions.last(option82, SUBSCRIBER_ID);
    }

    /** Sub-option 12 (RFC 6925), or null. */
    public byte @Nullable [] relayId() {
        return SubOptions.last(option82, RELAY_ID);
    }

    /** The virtual network of sub-option 151 (RFC 6607), or null when none is named. */
    public @Nullable VpnId vpn() {
        return VpnId.of(SubOptions.last(option82, VSS));
    }

    /**
     * Where the sender of a renewal is, given what was remembered with its lease. A client behind a relay agent renews
     * by unicast, past the agent: what it says of its port then is its own invention. One on a switch that adds option
     * 82 without being a relay agent is believed, as it was when it got the lease.
     */
    public RelayInfo orRemembered(RelayInfo remembered) {
        boolean past = !isRelayed() && (remembered.isRelayed() || option82 == null);
        return past ? remembered : this;
    }
}
