package io.athena.dhcpd.dhcp.auth;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** A key that the server shares with a client, under its secret ID (RFC 3118 section 5.2). */
final class SharedSecret {

    private final int id;
    private final byte[] key;

    SharedSecret(int id, byte[] key) {
        this.id = id;
        this.key = key;
    }

    int id() {
        return id;
    }

    byte[] codeOver(ByteBuffer message) {
        return HmacMd5.of(key, message);
    }

    /** Whether a code is that of one of the messages; how long it takes says nothing about the right code. */
    boolean made(byte[] code, Iterable<byte[]> messages) {
        for (byte[] message : messages) {
            if (MessageDigest.isEqual(codeOver(ByteBuffer.wrap(message)), code)) {
                return true;
            }
        }
        return false;
    }
}
