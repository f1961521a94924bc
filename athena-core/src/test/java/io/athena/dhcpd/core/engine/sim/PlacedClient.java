package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.subnet.ClientTraits;
import org.jspecify.annotations.Nullable;

/**
 * A client as it truly is, its place too when its message passed no relay agent.
 *
 * @param request what it says
 * @param port where it hangs
 */
record PlacedClient(ClientRequest request, RelayInfo port) implements ClientTraits {

    static PlacedClient of(ClientRequest request) {
        return new PlacedClient(request, SimClient.portOf(request.mac()));
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
        return port.circuitId();
    }
}
