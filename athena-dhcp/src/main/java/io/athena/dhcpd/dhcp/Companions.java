package io.athena.dhcpd.dhcp;

import io.athena.dhcpd.core.engine.ConflictProbe;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.event.EventPublisher;

/**
 * What works for the DHCP service beside it; it serves without any of them.
 *
 * @param probe finds out whether an address is in use before it is given
 * @param events takes what happens to whoever listens
 * @param names decides which names leases get in DNS; asked for each lease, so that it may change its mind at a reload
 */
public record Companions(ConflictProbe probe, EventPublisher events, NamePolicy names) {

    /** Nobody. */
    public static final Companions NONE = new Companions(ConflictProbe.NONE, EventPublisher.NONE, NamePolicy.NONE);
}
