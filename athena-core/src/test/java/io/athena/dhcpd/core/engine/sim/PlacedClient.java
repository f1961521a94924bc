package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.subnet.ClientTraits;
import org.jspecify.annotations.Nullable;

/**
 * A client with its place and its kind.
 *
 * @param request what it says
 * @param circuitId where it hangs
 * @param vendorClass what it is
 */
record PlacedClient(ClientRequest request, byte @Nullable [] circuitId, byte @Nullable [] vendorClass)
        implements ClientTraits {

    /** As it truly is, also where its message does not say so or passed no relay agent. */
    static PlacedClient truth(SimClient client, ClientRequest request) {
        byte[] said = request.vendorClass();
        return new PlacedClient(request, client.port.circuitId(), said == null ? client.kindSaidOnce() : said);
    }

    /** As the server can know it: by the message, and where that says nothing by the lease. */
    static PlacedClient known(ClientRequest request, Lease lease) {
        byte[] said = request.vendorClass();
        return new PlacedClient(
                request,
                request.relay().isRelayed() ? request.relay().circuitId() : lease.circuitId(),
                said == null ? lease.vendorClass() : said);
    }

    @Override
    public @Nullable MacAddress mac() {
        return request.mac();
    }

    @Override
    public byte @Nullable [] clientId() {
        return request.clientId();
    }
}
