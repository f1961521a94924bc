package io.athena.dhcpd.core.config;

import org.jspecify.annotations.Nullable;

/** Globs of a pool or class; null matches every client, also one that sent nothing. */
public record MatchConfig(
        @Nullable String circuitId,
        @Nullable String remoteId,
        @Nullable String vendorClass,
        @Nullable String userClass,
        @Nullable String mac,
        @Nullable String architecture) {

    /** Matches every client. */
    public static final MatchConfig ANY = new MatchConfig(null, null, null, null, null, null);

    public boolean isAny() {
        return equals(ANY);
    }
}
