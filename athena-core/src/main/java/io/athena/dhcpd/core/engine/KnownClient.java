package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.config.MatchKey;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.subnet.ClientTraits;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a DHCPREQUEST for an address that it was offered or holds.
 *
 * @param request what it says
 * @param relay where it is
 * @param vendorClass option 60, or null
 * @param waived what counts as said where it says nothing
 */
record KnownClient(ClientRequest request, RelayInfo relay, byte @Nullable [] vendorClass, Set<MatchKey> waived)
        implements ClientTraits {

    /** Options that a client sends of itself, and may leave out of the message after its DHCPDISCOVER. */
    private static final Set<MatchKey> SAID_WITH_DISCOVER =
            Set.of(MatchKey.VENDOR_CLASS, MatchKey.USER_CLASS, MatchKey.ARCHITECTURE);

    /** Those of them that a lease does not remember. */
    private static final Set<MatchKey> NOT_KEPT = Set.of(MatchKey.USER_CLASS, MatchKey.ARCHITECTURE);

    static KnownClient selecting(ClientRequest request) {
        return new KnownClient(request, request.relay(), request.vendorClass(), SAID_WITH_DISCOVER);
    }

    static KnownClient extending(ClientRequest request, Lease lease) {
        byte[] vendorClass = request.vendorClass() == null ? lease.vendorClass() : request.vendorClass();
        return new KnownClient(request, request.relay().orRemembered(lease.relay()), vendorClass, NOT_KEPT);
    }

    /** The client as far as anything is known of it: what it left out does not count as said. */
    static ClientTraits asSaid(ClientTraits client) {
        return client instanceof KnownClient known
                ? new KnownClient(known.request, known.relay, known.vendorClass, Set.of())
                : client;
    }

    @Override
    public @Nullable MacAddress mac() {
        return request.mac();
    }

    @Override
    public byte @Nullable [] clientId() {
        return request.clientId();
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

    @Override
    public byte @Nullable [] userClass() {
        return request.userClass();
    }

    @Override
    public byte @Nullable [] architecture() {
        return request.architecture();
    }

    @Override
    public boolean waives(MatchKey key) {
        return waived.contains(key);
    }
}
