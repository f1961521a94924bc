package io.athena.dhcpd.dhcp;

import io.athena.dhcpd.core.engine.ConflictProbe;
import io.athena.dhcpd.core.engine.LeaseEngine;
import io.athena.dhcpd.core.engine.ProbeStarter;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.listen.Lane;
import org.jspecify.annotations.Nullable;

/** Starts the probes of one engine and brings what they find back to its lane. */
final class LaneProbe implements ProbeStarter {

    private final ConflictProbe probe;
    private final Lane lane;
    private final TimeSource time;
    private @Nullable LeaseEngine engine;

    LaneProbe(ConflictProbe probe, Lane lane, TimeSource time) {
        this.probe = probe;
        this.lane = lane;
        this.time = time;
    }

    /** Says whose probes they are; before the first one starts. */
    void serve(LeaseEngine owner) {
        engine = owner;
    }

    @Override
    public boolean start(Ipv4 address) {
        return probe.start(
                address,
                result -> lane.execute(() -> {
                    if (engine != null) {
                        engine.probed(result, time.epochSeconds());
                    }
                }));
    }
}
