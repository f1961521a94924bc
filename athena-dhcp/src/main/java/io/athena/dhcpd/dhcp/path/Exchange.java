package io.athena.dhcpd.dhcp.path;

import io.athena.dhcpd.core.engine.Search;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Proof;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.dhcp.auth.Signer;
import io.athena.dhcpd.dhcp.listen.ServedInterface;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import org.jspecify.annotations.Nullable;

/**
 * One packet on its way through the server. It keeps what was received and where it belongs; what the engine knows is
 * looked up again whenever it resumes.
 *
 * @param packet what was received
 * @param request the same, as the engine sees it
 * @param source IP address it came from
 * @param on the interface it came by
 * @param serverId option 54 of the reply
 * @param seat where its link is served
 * @param returningOnly whether to serve it only if the server knows its client: too many newcomers ask at present
 * @param receivedNanos when it came, on the monotonic clock
 * @param signer who signs the answer (RFC 3118), or null
 * @param search how far the search for an address has come
 */
public record Exchange(
        DhcpPacket packet,
        ClientRequest request,
        Ipv4 source,
        ServedInterface on,
        Ipv4 serverId,
        Seat seat,
        boolean returningOnly,
        long receivedNanos,
        @Nullable Signer signer,
        Search search) {

    /** This exchange with a client that authenticates. */
    Exchange authenticated(@Nullable Proof proof, Signer by) {
        return new Exchange(
                packet,
                request.authenticated(proof),
                source,
                on,
                serverId,
                seat,
                returningOnly,
                receivedNanos,
                by,
                search);
    }

    /** This exchange after it waited for a probe. */
    Exchange searching(Search next) {
        return new Exchange(packet, request, source, on, serverId, seat, returningOnly, receivedNanos, signer, next);
    }
}
