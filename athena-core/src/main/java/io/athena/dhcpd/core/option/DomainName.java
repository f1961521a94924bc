package io.athena.dhcpd.core.option;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Domain names as labels with lengths (RFC 1035 section 3.1). */
final class DomainName {

    /** Where a name ended, and what it said. */
    record Parsed(String name, int end) {}

    private static final int MAX_NAME = 255;
    private static final int POINTER = 0xc0;

    private DomainName() {}

    /** Writes a name without compression. @throws IllegalArgumentException when it is not a domain name */
    static void write(String name, ByteArrayOutputStream out) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (bare.isEmpty() || bare.length() > MAX_NAME - 2) {
            throw notAName(name);
        }
        for (String label : bare.split("\\.", -1)) {
            if (!label.matches("[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")) {
                throw notAName(name);
            }
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
    }

    /** Reads a name; pointers (RFC 1035 section 4.1.4) may only lead backwards, so that none can loop. */
    static Optional<Parsed> read(byte[] bytes, int start) {
        StringBuilder name = new StringBuilder();
        int at = start;
        int lowest = start;
        int end = -1;
        while (at < bytes.length && name.length() <= MAX_NAME) {
            int length = bytes[at] & 0xff;
            if (length == 0) {
                return name.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Parsed(name.substring(0, name.length() - 1), end < 0 ? at + 1 : end));
            }
            if ((length & POINTER) == POINTER && at + 1 < bytes.length) {
                end = end < 0 ? at + 2 : end;
                int target = (length & ~POINTER) << 8 | bytes[at + 1] & 0xff;
                if (target >= lowest) {
                    return Optional.empty();
                }
                at = lowest = target;
            } else if (length > 63 || at + length >= bytes.length || !isPlain(bytes, at + 1, length)) {
                return Optional.empty();
            } else {
                name.append(new String(bytes, at + 1, length, StandardCharsets.US_ASCII))
                        .append('.');
                at += length + 1;
            }
        }
        return Optional.empty();
    }

    private static boolean isPlain(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] <= ' ' || bytes[i] == '.' || bytes[i] == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static IllegalArgumentException notAName(String name) {
        return new IllegalArgumentException(
                "holds '" + name + "', which is not a domain name; international names are written as xn--...");
    }
}
