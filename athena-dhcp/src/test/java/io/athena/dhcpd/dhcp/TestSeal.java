package io.athena.dhcpd.dhcp;

import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.Seal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a client with a key puts into option 90 (RFC 3118 section 5.2), and how it checks what it gets; by itself, so
 * that a mistake of the server's shows.
 */
public record TestSeal(int secretId, String secret, long counter) implements Seal {

    /** What a client asks with in DISCOVER and INFORM. */
    public static final byte[] REQUEST = {1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private static final int HEAD = 15;

    @Override
    public byte[] value() {
        return ByteBuffer.allocate(HEAD + 16)
                .put((byte) 1)
                .put((byte) 1)
                .put((byte) 0)
                .putLong(counter)
                .putInt(secretId)
                .array();
    }

    @Override
    public byte[] codeOver(ByteBuffer message) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacMD5"));
            mac.update(message);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a reply that came without a relay agent is signed with this key. */
    boolean signed(DhcpPacket reply) {
        byte[] option = reply.options().get(90);
        byte[] message = reply.datagram();
        if (option == null || message == null || option.length != HEAD + 16 || secretIdOf(option) != secretId) {
            return false;
        }
        byte[] code = Arrays.copyOfRange(option, HEAD, option.length);
        byte[] zeroed = message.clone();
        int at = indexOf(message, code);
        Arrays.fill(zeroed, at, at + code.length, (byte) 0);
        Arrays.fill(zeroed, 24, 28, (byte) 0);
        return Arrays.equals(codeOver(ByteBuffer.wrap(zeroed)), code);
    }

    /** The replay detection value of a reply. */
    public static long counterOf(DhcpPacket reply) {
        return ByteBuffer.wrap(reply.options().get(90)).getLong(3);
    }

    private static int secretIdOf(byte[] option) {
        return ByteBuffer.wrap(option).getInt(11);
    }

    private static int indexOf(byte[] message, byte[] code) {
        int at = 240;
        while (!Arrays.equals(message, at, at + code.length, code, 0, code.length)) {
            at++;
        }
        return at;
    }
}
