package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.config.LeasequeryConfig;
import io.athena.dhcpd.core.net.Ipv4;

/** Who may ask at the moment; a reload replaces it. May be used by any thread. */
public final class QueryAccess {

    private volatile LeasequeryConfig config;

    public QueryAccess(LeasequeryConfig config) {
        this.config = config;
    }

    /** Goes by another configuration from now on. */
    public void change(LeasequeryConfig changed) {
        config = changed;
    }

    boolean permits(Ipv4 requester) {
        return config.permits(requester);
    }
}
