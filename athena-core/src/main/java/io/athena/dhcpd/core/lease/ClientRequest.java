package io.athena.dhcpd.core.lease;

import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.subnet.ClientTraits;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks, freed from the wire: all that the engine may look at. Arrays are shared, never changed.
 *
 * @param type the message type
 * @param xid transaction id
 * @param key the identity it is served under
 * @param mac hardware address, or null when it has none
 * @param clientId option 61 as it came, or null
 * @param ciaddr the address it says it has, {@link Ipv4#ANY} for none
 * @param requestedIp option 50, or null
 * @param serverId option 54, or null
 * @param serverIdIsOurs whether option 54 names an address of this server
 * @param requestedLeaseTime option 51 in seconds, or -1
 * @param wishes how a DHCPDISCOVER lets itself be answered
 * @param hostname option 12, cleaned, or null
 * @param fqdn option 81, or null
 * @param vendorClass option 60, or null
 * @param userClass option 77 as it came (RFC 3004), or null
 * @param architecture option 93 as it came (RFC 4578), or null
 * @param relay what the relay agent said
 * @param proof that it has shown who it is (RFC 3118), or null
 */
public record ClientRequest(
        MessageType type,
        int xid,
        ClientKey key,
        @Nullable MacAddress mac,
        byte @Nullable [] clientId,
        Ipv4 ciaddr,
        @Nullable Ipv4 requestedIp,
        @Nullable Ipv4 serverId,
        boolean serverIdIsOurs,
        long requestedLeaseTime,
        Wishes wishes,
        @Nullable String hostname,
        @Nullable ClientFqdn fqdn,
        byte @Nullable [] vendorClass,
        byte @Nullable [] userClass,
        byte @Nullable [] architecture,
        RelayInfo relay,
        @Nullable Proof proof)
        implements ClientTraits {

    /** The states in which a client sends DHCPREQUEST, told apart as RFC 2131 section 4.3.2 says. */
    public enum RequestKind {
        SELECTING,
        INIT_REBOOT,
        /** RENEWING or REBINDING: they differ in how the packet travels, not in what the server checks. */
        EXTENDING,
        /** Neither an address nor a server: nothing to judge. */
        UNUSABLE
    }

    /** A request that proves nothing. */
    public ClientRequest(
            MessageType type,
            int xid,
            ClientKey key,
            @Nullable MacAddress mac,
            byte @Nullable [] clientId,
            Ipv4 ciaddr,
            @Nullable Ipv4 requestedIp,
            @Nullable Ipv4 serverId,
            boolean serverIdIsOurs,
            long requestedLeaseTime,
            Wishes wishes,
            @Nullable String hostname,
            @Nullable ClientFqdn fqdn,
            byte @Nullable [] vendorClass,
            byte @Nullable [] userClass,
            byte @Nullable [] architecture,
            RelayInfo relay) {
        this(
                type,
                xid,
                key,
                mac,
                clientId,
                ciaddr,
                requestedIp,
                serverId,
                serverIdIsOurs,
                requestedLeaseTime,
                wishes,
                hostname,
                fqdn,
                vendorClass,
                userClass,
                architecture,
                relay,
                null);
    }

    /**
     * This request of a client that authenticates: with what it has proven by now, and without rapid commit (RFC 4039),
     * which would bind an address before anything is proven.
     */
    public ClientRequest authenticated(@Nullable Proof proven) {
        return new ClientRequest(
                type,
                xid,
                key,
                mac,
                clientId,
                ciaddr,
                requestedIp,
                serverId,
                serverIdIsOurs,
                requestedLeaseTime,
                wishes.withoutRapidCommit(),
                hostname,
                fqdn,
                vendorClass,
                userClass,
                architecture,
                relay,
                proven);
    }

    @Override
    public byte @Nullable [] circuitId() {
        return relay.circuitId();
    }

    @Override
    public byte @Nullable [] remoteId() {
        return relay.remoteId();
    }

    @Override
    public byte @Nullable [] subscriberId() {
        return relay.subscriberId();
    }

    @Override
    public byte @Nullable [] relayId() {
        return relay.relayId();
    }

    /** RFC 2131 section 4.3.2: option 54 means SELECTING; else option 50 INIT-REBOOT; else ciaddr an extension. */
    public RequestKind requestKind() {
        if (serverId != null) {
            return requestedIp != null || !ciaddr.isAny() ? RequestKind.SELECTING : RequestKind.UNUSABLE;
        }
        if (!ciaddr.isAny()) {
            return RequestKind.EXTENDING;
        }
        return requestedIp != null ? RequestKind.INIT_REBOOT : RequestKind.UNUSABLE;
    }

    /** The address a DHCPREQUEST is about: option 50, else ciaddr; null when there is neither. */
    public @Nullable Ipv4 wantedAddress() {
        if (serverId == null && !ciaddr.isAny()) {
            return ciaddr;
        }
        if (requestedIp != null) {
            return requestedIp;
        }
        return ciaddr.isAny() ? null : ciaddr;
    }
}
