package io.athena.dhcpd.core.net;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * A hash whose collisions cannot be worked out beforehand: clients choose their addresses and identifiers, and must not
 * be able to choose ones that fall on somebody else's. Each bit of the input moves all bits of the hash. Immutable.
 */
public final class SeededHash {

    private static final long START = 0x9e3779b97f4a7c15L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long seed;

    /** The same seed gives the same hashes; for tests. */
    public SeededHash(long seed) {
        this.seed = seed | 1;
    }

    /** A hash that differs from run to run. */
    public static SeededHash random() {
        return new SeededHash(new SecureRandom().nextLong());
    }

    /** The hash of all bytes, on top of what was hashed before. */
    public long of(long before, byte[] bytes) {
        long hash = of(START ^ before, bytes.length);
        int at = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            hash = of(hash, (long) LONGS.get(bytes, at));
        }
        long rest = 0;
        for (; at < bytes.length; at++) {
            rest = rest << Byte.SIZE | bytes[at] & 0xff;
        }
        return of(hash, rest);
    }

    /** The hash of a number, on top of what was hashed before. */
    public long of(long before, long value) {
        long word = before ^ value;
        return word * seed ^ Math.multiplyHigh(word, seed);
    }
}
