package io.athena.dhcpd.dhcp.path;

import io.athena.dhcpd.core.net.Ipv4;
import org.jspecify.annotations.Nullable;

/**
 * Where a client belongs, and by what that is known.
 *
 * @param rule the rule that applies
 * @param address the address that the rule looks at; null when the interface has none
 * @param seat the seat of the link that it lies in; null when it is on none of ours
 */
public record Placement(
        LinkRule rule, @Nullable Ipv4 address, @Nullable Seat seat) {}
