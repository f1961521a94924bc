package io.athena.dhcpd.dhcp.path;

import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.dhcp.limit.RateLimiter;
import io.athena.dhcpd.dhcp.listen.ServedInterface;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import org.jspecify.annotations.Nullable;

/**
 * What the event loop needs to know, swapped as a whole.
 *
 * @param directory which link is served where
 * @param identity which addresses are ours
 * @param limiter how much anybody may ask; only the event loop may use it
 * @param open whether requests are answered at all
 */
public record Serving(LinkDirectory directory, ServerIdentity identity, RateLimiter limiter, boolean open) {

    /** The gate: why a well-formed packet is not served, or null when it is. */
    @Nullable
    DropReason gate(DhcpPacket packet, ServedInterface on) {
        if (!open) {
            return DropReason.NOT_SERVING;
        }
        Ipv4 giaddr = packet.giaddr();
        if (!giaddr.isAny() && !on.state().loopback()) {
            if (!giaddr.isUnicastHost()) {
                return DropReason.BAD_GIADDR;
            }
            if (identity.isOurAddress(giaddr, on)) {
                return DropReason.OWN_GIADDR;
            }
        }
        return null;
    }

    /** The same, with the gate shut: for the moment in which links change lanes, and for the end. */
    public Serving closed() {
        return new Serving(directory, identity, limiter, false);
    }
}
