package io.athena.dhcpd.core.config;

import org.jspecify.annotations.Nullable;

/**
 * Which clients a pool or class is for: those that fit every pattern given. {@code *} stands for any text, {@code ?} for
 * one character; null matches every client, also one that sent nothing.
 *
 * @param circuitId text, or {@code 0x} and lower-case hex, as {@link io.athena.dhcpd.core.net.HexText} writes it
 * @param remoteId as the circuit id
 * @param vendorClass as the circuit id
 * @param userClass as the circuit id; one of those that the client lists has to fit
 * @param mac lower case with colons
 * @param architecture a decimal number; one of those that the client lists has to fit
 * @param clientClass a {@code [[class]]} that the client has to be in; null always in a class
 */
public record MatchConfig(
        @Nullable String circuitId,
        @Nullable String remoteId,
        @Nullable String vendorClass,
        @Nullable String userClass,
        @Nullable String mac,
        @Nullable String architecture,
        @Nullable String clientClass) {

    /** Matches every client. */
    public static final MatchConfig ANY = new MatchConfig(null, null, null, null, null, null, null);

    public boolean isAny() {
        return equals(ANY);
    }

    /** The pattern for a key, or null. */
    public @Nullable String pattern(MatchKey key) {
        return switch (key) {
            case CIRCUIT_ID -> circuitId;
            case REMOTE_ID -> remoteId;
            case VENDOR_CLASS -> vendorClass;
            case USER_CLASS -> userClass;
            case MAC -> mac;
            case ARCHITECTURE -> architecture;
        };
    }
}
