package io.athena.dhcpd.core.net;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The one text form of identifiers that may be binary: printable ASCII as it is, anything else {@code 0x} and hex. */
public final class HexText {

    private HexText() {}

    /** The text of circuit ids, remote ids and the like; never ambiguous, since text that starts with 0x turns hex. */
    public static String of(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0x20 || b > 0x7e) {
                return "0x" + HexFormat.of().formatHex(bytes);
            }
        }
        String text = new String(bytes, StandardCharsets.US_ASCII);
        return text.startsWith("0x") ? "0x" + HexFormat.of().formatHex(bytes) : text;
    }

    /** Reverses {@link #of}. @throws IllegalArgumentException when {@code 0x} is followed by anything but pairs of hex digits */
    public static byte[] parse(String text) {
        return text.startsWith("0x")
                ? HexFormat.of().parseHex(text, 2, text.length())
                : text.getBytes(StandardCharsets.UTF_8);
    }
}
