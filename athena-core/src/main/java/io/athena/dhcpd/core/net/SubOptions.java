package io.athena.dhcpd.core.net;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the sub-options of option 82 where they stand (RFC 3046 section 2.0): code, length, value, one after another. */
public final class SubOptions {

    private static final int HEAD = 2;

    /** Takes one sub-option. */
    @FunctionalInterface
    public interface Visitor {

        /** The value is the {@code length} bytes of the option that start at {@code from}. */
        void take(int code, int from, int length);
    }

    private SubOptions() {}

    /** Visits all in their order. Answers false, having visited none, when one reaches past the end of the option. */
    public static boolean visit(byte[] option82, Visitor visitor) {
        if (!areWhole(option82)) {
            return false;
        }
        for (int at = 0; at < option82.length; at = end(option82, at)) {
            visitor.take(option82[at] & 0xff, at + HEAD, option82[at + 1] & 0xff);
        }
        return true;
    }

    private static boolean areWhole(byte[] option82) {
        int at = 0;
        while (at + HEAD <= option82.length) {
            at = end(option82, at);
        }
        return at == option82.length;
    }

    private static int end(byte[] option82, int at) {
        return at + HEAD + (option82[at + 1] & 0xff);
    }

    /**
     * The value of a sub-option, or null when there is none, it is empty, or any reaches past the end. Of several the
     * last counts: an agent that adds to what it was sent adds at the end.
     */
    public static byte @Nullable [] last(byte @Nullable [] option82, int code) {
        if (option82 == null || !areWhole(option82)) {
            return null;
        }
        byte[] found = null;
        for (int at = 0; at < option82.length; at = end(option82, at)) {
            if ((option82[at] & 0xff) == code) {
                found = Arrays.copyOfRange(option82, at + HEAD, end(option82, at));
            }
        }
        return found == null || found.length == 0 ? null : found;
    }

    /** The option without the sub-options of a code that have no value; itself when there are none. */
    public static byte[] withoutEmpty(byte[] option82, int code) {
        byte[] kept = new byte[option82.length];
        int length = 0;
        for (int at = 0; at + HEAD <= option82.length; at = end(option82, at)) {
            int end = Math.min(end(option82, at), option82.length);
            if ((option82[at] & 0xff) != code || option82[at + 1] != 0) {
                System.arraycopy(option82, at, kept, length, end - at);
                length += end - at;
            }
        }
        return areWhole(option82) && length < option82.length ? Arrays.copyOf(kept, length) : option82;
    }
}
