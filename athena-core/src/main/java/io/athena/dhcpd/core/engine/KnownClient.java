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

    /** What a client may say of itself in its DHCPDISCOVER only, and neither offer nor lease remembers. */
    private static final Set<MatchKey> NOT_KEPT = Set.of(MatchKey.USER_CLASS, MatchKey.ARCHITECTURE);

    /** Who answers an offer. */
    static KnownClient selecting(ClientRequest request, Offer offer) {
        byte[] vendorClass =
                offer.vendorClass() == null || offer.vendorClass().length == 0 ? null : offer.vendorClass();
        return new KnownClient(request, request.relay(), said(request, vendorClass), NOT_KEPT);
    }

    /** Who asks for the lease that it has: by broadcast, so that what the relay agent says is all that counts. */
    static KnownClient returning(ClientRequest request, Lease lease) {
        return new KnownClient(request, request.relay(), said(request, lease.vendorClass()), NOT_KEPT);
    }

    /** Who renews or rebinds a lease. */
    static KnownClient extending(ClientRequest request, Lease lease) {
        RelayInfo relay = request.relay().orRemembered(lease.relay());
        return new KnownClient(request, relay, said(request, lease.vendorClass()), NOT_KEPT);
    }

    private static byte @Nullable [] said(ClientRequest request, byte @Nullable [] before) {
        return request.vendorClass() == null ? before : request.vendorClass();
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
