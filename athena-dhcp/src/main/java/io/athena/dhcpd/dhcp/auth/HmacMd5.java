package io.athena.dhcpd.dhcp.auth;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-MD5 (RFC 2104), the one algorithm of RFC 3118. */
final class HmacMd5 {

    private static final String NAME = "HmacMD5";

    private HmacMd5() {}

    static byte[] of(byte[] key, ByteBuffer message) {
        try {
            Mac mac = Mac.getInstance(NAME);
            mac.init(new SecretKeySpec(key, NAME));
            mac.update(message);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "this Java has no " + NAME + ", which [subnet.authentication] needs (RFC 3118)", e);
        }
    }
}
