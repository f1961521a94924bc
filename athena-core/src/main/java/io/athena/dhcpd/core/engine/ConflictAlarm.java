package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.Cidr;

/**
 * Hears that somebody answers probes for more addresses than can be believed. It is called on the link's lane, once for
 * each address: it MUST return at once and MUST NOT throw.
 */
@FunctionalInterface
public interface ConflictAlarm {

    /** Hears nothing. */
    ConflictAlarm NONE = (subnet, limit) -> {};

    /**
     * A probe was answered and its conflict not recorded.
     *
     * @param limit how many new conflicts the subnet records an hour
     */
    void unrecorded(Cidr subnet, int limit);
}
