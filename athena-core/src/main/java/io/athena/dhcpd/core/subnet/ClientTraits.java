package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.config.MatchKey;
import io.athena.dhcpd.core.net.MacAddress;
import org.jspecify.annotations.Nullable;

/** What is known of a client that pools, classes and reservations are chosen by. Arrays are shared, never changed. */
public interface ClientTraits {

    /** Hardware address, or null when it has none. */
    @Nullable
    MacAddress mac();

    /** Option 61 as it came, or null. */
    byte @Nullable [] clientId();

    /** Option 82 sub-option 1, or null. */
    default byte @Nullable [] circuitId() {
        return null;
    }

    /** Option 82 sub-option 2, or null. */
    default byte @Nullable [] remoteId() {
        return null;
    }

    /** Option 82 sub-option 6 (RFC 3993), or null. */
    default byte @Nullable [] subscriberId() {
        return null;
    }

    /** Option 82 sub-option 12 (RFC 6925), or null. */
    default byte @Nullable [] relayId() {
        return null;
    }

    /** Option 60 as it came, or null. */
    default byte @Nullable [] vendorClass() {
        return null;
    }

    /** Option 77 as it came (RFC 3004), or null. */
    default byte @Nullable [] userClass() {
        return null;
    }

    /** Option 93 as it came (RFC 4578), or null. */
    default byte @Nullable [] architecture() {
        return null;
    }

    /** Whether a pattern fits although the client says nothing for this key: it did when it was judged before. */
    default boolean waives(MatchKey key) {
        return false;
    }

    /** A client of whom nothing is known but what it is recognised by. */
    static ClientTraits of(@Nullable MacAddress mac, byte @Nullable [] clientId) {
        record Recognised(@Nullable MacAddress mac, byte @Nullable [] clientId) implements ClientTraits {}
        return new Recognised(mac, clientId);
    }
}
