package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.MacAddress;
import org.jspecify.annotations.Nullable;

/** Reads images that are in the table: they were made here, or were checked when they were loaded. */
final class Images {

    private Images() {}

    static Lease lease(byte[] image) {
        try {
            return LeaseCodec.decode(image);
        } catch (CorruptRecordException e) {
            throw damaged(e);
        }
    }

    static long expiry(byte[] image) {
        try {
            return LeaseCodec.expiryOf(image);
        } catch (CorruptRecordException e) {
            throw damaged(e);
        }
    }

    static LeaseState state(byte[] image) {
        try {
            return LeaseCodec.stateOf(image);
        } catch (CorruptRecordException e) {
            throw damaged(e);
        }
    }

    static ClientKey key(byte[] image) {
        try {
            return LeaseCodec.keyOf(image);
        } catch (CorruptRecordException e) {
            throw damaged(e);
        }
    }

    static boolean isKeyed(byte[] image, ClientKey key) {
        try {
            return LeaseCodec.keyEquals(image, key);
        } catch (CorruptRecordException e) {
            throw damaged(e);
        }
    }

    static @Nullable MacAddress mac(byte[] image) {
        try {
            return LeaseCodec.macOf(image);
        } catch (CorruptRecordException e) {
            throw damaged(e);
        }
    }

    static byte @Nullable [] clientId(byte[] image) {
        try {
            return LeaseCodec.clientIdOf(image);
        } catch (CorruptRecordException e) {
            throw damaged(e);
        }
    }

    static byte @Nullable [] remoteId(byte[] image) {
        try {
            return LeaseCodec.remoteIdOf(image);
        } catch (CorruptRecordException e) {
            throw damaged(e);
        }
    }

    private static IllegalStateException damaged(CorruptRecordException cause) {
        return new IllegalStateException("a lease image changed while it was in memory", cause);
    }
}
