package io.athena.dhcpd.dhcp.auth;

import io.athena.dhcpd.dhcp.wire.SignedPart;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Option 90 of the one protocol that is spoken here: delayed authentication, HMAC-MD5, counters (RFC 3118 sections 2
 * and 5.2).
 *
 * @param counter the replay detection value, unsigned
 * @param secretId the secret ID; 0 in a request for authentication
 * @param code the HMAC; empty in a request for authentication
 */
record AuthOption(long counter, int secretId, byte[] code) {

    static final int CODE = 90;

    /** Protocol 1, algorithm 1, replay detection method 0. */
    private static final byte[] DELAYED_HMAC_MD5 = {1, 1, 0};

    private static final int REQUEST_SIZE = 11;
    private static final int PROOF_SIZE = REQUEST_SIZE + 4 + SignedPart.CODE_SIZE;
    private static final byte[] NO_CODE = {};

    /**
     * Reads a value; null for another protocol, algorithm or method, and for a length that this one does not have, all of
     * which prove nothing.
     */
    static @Nullable AuthOption read(byte @Nullable [] value) {
        if (value == null || (value.length != REQUEST_SIZE && value.length != PROOF_SIZE)) {
            return null;
        }
        int head = DELAYED_HMAC_MD5.length;
        if (!Arrays.equals(value, 0, head, DELAYED_HMAC_MD5, 0, head)) {
            return null;
        }
        ByteBuffer fields = ByteBuffer.wrap(value, head, value.length - head);
        long counter = fields.getLong();
        return value.length == REQUEST_SIZE
                ? new AuthOption(counter, 0, NO_CODE)
                : new AuthOption(counter, fields.getInt(), Arrays.copyOfRange(value, fields.position(), value.length));
    }

    /** Whether it claims to prove something; else it asks for an authenticated answer. */
    boolean isProof() {
        return code.length > 0;
    }

    /** The value of an option 90 whose code is still to be computed. */
    static byte[] unsigned(int secretId, long counter) {
        return ByteBuffer.allocate(PROOF_SIZE)
                .put(DELAYED_HMAC_MD5)
                .putLong(counter)
                .putInt(secretId)
                .array();
    }
}
