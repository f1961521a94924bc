package io.athena.dhcpd.dhcp;

import io.athena.dhcpd.core.engine.ConflictProbe;
import io.athena.dhcpd.core.engine.ProofObserver;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.listen.Lane;

/**
 * How the engines of one server probe.
 *
 * @param probe finds out whether an address is in use
 * @param observer hears what each address was known to be when it was given; called on every lane
 * @param time when a probe ended
 */
public record EngineProbes(ConflictProbe probe, ProofObserver observer, TimeSource time) {

    LaneProbe on(Lane lane) {
        return new LaneProbe(probe, lane, time);
    }
}
