package io.athena.dhcpd.dhcp.path;

import io.athena.dhcpd.core.engine.LeaseEngine;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.dhcp.auth.Authenticator;
import io.athena.dhcpd.dhcp.listen.Lane;
import org.jspecify.annotations.Nullable;

/**
 * Where a link is served.
 *
 * @param link the link
 * @param engine its leases; touched by the lane only
 * @param lane the thread that owns the engine
 * @param authenticator whose messages are heard; null where everybody's are; touched by the lane only
 */
public record Seat(
        Link link, LeaseEngine engine, Lane lane, @Nullable Authenticator authenticator) {}
