package io.athena.dhcpd.core.net;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The identity under which a client holds its lease (RFC 2131 section 4.2): the client identifier where one was sent,
 * else hardware type and address. Client identifiers are opaque, also the DUIDs of RFC 4361.
 */
public final class ClientKey {

    private static final byte CLIENT_ID = 0;
    private static final byte HARDWARE = 1;

    private static final SeededHash HASH = SeededHash.random();

    /** First byte the kind, the rest the identifier; hardware keys start with htype. */
    private final byte[] bytes;

    private final int hash;

    private ClientKey(byte[] bytes) {
        this.bytes = bytes;
        this.hash = hash(bytes);
    }

    /** The identity of option 61; {@code id} is not empty. */
    public static ClientKey ofClientId(byte[] id) {
        if (id.length == 0) {
            throw new IllegalArgumentException("a client identifier has at least one byte");
        }
        return new ClientKey(tagged(CLIENT_ID, id));
    }

    /** The identity of a client that sent no option 61, or whose subnet identifies by MAC. */
    public static ClientKey ofHardware(MacAddress mac) {
        byte[] address = mac.toBytes();
        byte[] typed = new byte[address.length + 1];
        typed[0] = (byte) mac.htype();
        System.arraycopy(address, 0, typed, 1, address.length);
        return new ClientKey(tagged(HARDWARE, typed));
    }

    /** Restores a key from {@link #toBytes()}. @throws IllegalArgumentException when it cannot have come from there */
    public static ClientKey ofBytes(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] < CLIENT_ID || bytes[0] > HARDWARE) {
            throw new IllegalArgumentException(
                    "not a client key: " + HexFormat.of().formatHex(bytes));
        }
        return new ClientKey(bytes.clone());
    }

    /** The stored form: one byte for the kind, then the identifier. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Whether the stored form is these {@code length} bytes of {@code other}; copies nothing. */
    public boolean isStoredAs(byte[] other, int from, int length) {
        return Arrays.equals(bytes, 0, bytes.length, other, from, from + length);
    }

    /** How many bytes the stored form has. */
    public int length() {
        return bytes.length;
    }

    /** Copies the stored form to a place with room for {@link #length} bytes. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, 0, target, at, bytes.length);
    }

    public boolean isClientId() {
        return bytes[0] == CLIENT_ID;
    }

    private static int hash(byte[] bytes) {
        long hash = HASH.of(0, bytes);
        return (int) (hash ^ hash >>> Integer.SIZE);
    }

    private static byte[] tagged(byte tag, byte[] body) {
        byte[] all = new byte[body.length + 1];
        all[0] = tag;
        System.arraycopy(body, 0, all, 1, body.length);
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientKey key && key.hash == hash && Arrays.equals(key.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** {@code id:} or {@code hw:} and hex. */
    @Override
    public String toString() {
        return (isClientId() ? "id:" : "hw:") + HexFormat.of().formatHex(bytes, 1, bytes.length);
    }
}
