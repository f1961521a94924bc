package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.Ipv4;

/**
 * Starts the probes of one engine. Implementations MUST NOT block, and MUST answer every probe that they accept exactly
 * once, by {@link LeaseEngine#probed} on the lane, in a later turn of it.
 */
@FunctionalInterface
public interface ProbeStarter {

    /** Probes nothing. */
    ProbeStarter NONE = address -> false;

    /** Starts a probe; false when the address cannot be probed. */
    boolean start(Ipv4 address);
}
