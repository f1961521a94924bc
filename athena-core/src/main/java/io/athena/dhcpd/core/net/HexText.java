package io.athena.dhcpd.core.net;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The one text form of identifiers that may be binary: printable ASCII as it is, anything else {@code 0x} and hex. */
public final class HexText {

    private static final Pattern PAIRS = Pattern.compile("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2})+");

    private HexText() {}

    /** Whether the text is how people write bytes, pairs of hex digits with colons between them. */
    public static boolean isPairs(String text) {
        return PAIRS.matcher(text).matches();
    }

    /** Reads what people write for a client identifier: pairs of hex digits with colons, else as {@link #parse}. */
    public static byte[] parseIdentifier(String text) {
        return isPairs(text) ? HexFormat.ofDelimiter(":").parseHex(text) : parse(text);
    }

    /** The text of circuit ids, remote ids and the like; never ambiguous, since text that starts with 0x turns hex. */
    public static String of(byte[] bytes) {
        return isText(bytes, 0, bytes.length)
                ? new String(bytes, StandardCharsets.US_ASCII)
                : "0x" + HexFormat.of().formatHex(bytes);
    }

    /** Whether {@link #of} shows the bytes from {@code from} up to {@code to} as they are. */
    public static boolean isText(byte[] bytes, int from, int to) {
        if (to - from >= 2 && bytes[from] == '0' && bytes[from + 1] == 'x') {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0x20 || bytes[i] > 0x7e) {
                return false;
            }
        }
        return true;
    }

    /** Reverses {@link #of}. @throws IllegalArgumentException when {@code 0x} is followed by anything but pairs of hex digits */
    public static byte[] parse(String text) {
        return text.startsWith("0x")
                ? HexFormat.of().parseHex(text, 2, text.length())
                : text.getBytes(StandardCharsets.UTF_8);
    }
}
