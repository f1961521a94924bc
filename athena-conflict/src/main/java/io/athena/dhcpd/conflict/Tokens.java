package io.athena.dhcpd.conflict;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Numbers that nobody can foresee, fetched many at a time because each fetch costs as much as a probe. */
final class Tokens {

    private static final int BYTES = 4096;

    private final SecureRandom random = new SecureRandom();
    private final byte[] bytes = new byte[BYTES];
    private final ByteBuffer stock = ByteBuffer.wrap(bytes).limit(0);

    long next() {
        if (!stock.hasRemaining()) {
            random.nextBytes(bytes);
            stock.clear();
        }
        return stock.getLong();
    }
}
