package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.config.OptionScope;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a pool, reservation or subnet, with the seam at which those of classes go in: more specific than the
 * subnet's, less than the pool's and the reservation's.
 *
 * @param outer defaults and subnet
 * @param inner pool and reservation
 * @param plain both, for a client in no class
 */
record Layers(Terms outer, OptionScope inner, Terms plain) {

    static Layers of(Terms outer, OptionScope inner) {
        return new Layers(outer, inner, merged(outer, outer.scope().overriddenBy(inner)));
    }

    /** The terms for a client whose classes say {@code members}; null when they say nothing. */
    Terms with(@Nullable OptionScope members) {
        return members == null
                ? plain
                : merged(outer, outer.scope().overriddenBy(members).overriddenBy(inner));
    }

    private static Terms merged(Terms outer, OptionScope scope) {
        return Terms.of(scope, outer.alwaysSend());
    }
}
