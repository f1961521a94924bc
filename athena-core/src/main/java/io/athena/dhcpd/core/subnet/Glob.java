package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.net.HexText;

/**
 * A pattern for identifiers: {@code *} stands for any text, {@code ?} for one character, all else for itself. Bytes are
 * compared in the form in which {@link HexText} writes them, without making that text; a pattern that starts with 0x is
 * compared with the hex of any bytes, also printable ones. Nothing fits an empty value.
 */
final class Glob {

    /** The characters of a value that starts at {@code from}; none of the implementations holds anything. */
    @FunctionalInterface
    private interface Characters<V> {
        char at(V value, int from, int index);
    }

    private static final String DIGITS = "0123456789abcdef";
    private static final Characters<String> WRITTEN = (text, from, index) -> text.charAt(from + index);
    private static final Characters<byte[]> PRINTABLE = (bytes, from, index) -> (char) bytes[from + index];
    private static final Characters<byte[]> HEX = Glob::hexDigit;

    private final String pattern;
    private final boolean hex;
    private final int literals;

    /** A pattern as the configuration has checked it: hex after 0x is lower case. */
    Glob(String pattern) {
        this.pattern = pattern;
        this.hex = pattern.startsWith("0x");
        this.literals = (int) pattern.chars().filter(c -> c != '*' && c != '?').count();
    }

    /** How many characters stand for themselves: what makes a pattern more specific than another. */
    int literals() {
        return literals;
    }

    boolean matches(String text) {
        return !text.isEmpty() && matches(WRITTEN, text, 0, text.length());
    }

    /** Whether the bytes from {@code from} up to {@code to} fit. */
    boolean matches(byte[] bytes, int from, int to) {
        if (from >= to) {
            return false;
        }
        return hex || !HexText.isText(bytes, from, to)
                ? matches(HEX, bytes, from, 2 + 2 * (to - from))
                : matches(PRINTABLE, bytes, from, to - from);
    }

    /** Walks both from the left; at a mismatch the last star takes one character more. */
    private <V> boolean matches(Characters<V> characters, V value, int from, int length) {
        int at = 0;
        int wanted = 0;
        int star = -1;
        int afterStar = 0;
        while (at < length) {
            if (wanted < pattern.length() && pattern.charAt(wanted) == '*') {
                star = wanted++;
                afterStar = at;
            } else if (wanted < pattern.length() && fits(pattern.charAt(wanted), characters.at(value, from, at))) {
                wanted++;
                at++;
            } else if (star >= 0) {
                wanted = star + 1;
                at = ++afterStar;
            } else {
                return false;
            }
        }
        while (wanted < pattern.length() && pattern.charAt(wanted) == '*') {
            wanted++;
        }
        return wanted == pattern.length();
    }

    private static boolean fits(char wanted, char found) {
        return wanted == '?' || wanted == found;
    }

    private static char hexDigit(byte[] bytes, int from, int index) {
        if (index < 2) {
            return index == 0 ? '0' : 'x';
        }
        int both = bytes[from + (index - 2) / 2];
        return DIGITS.charAt((index % 2 == 0 ? both >> 4 : both) & 0x0f);
    }

    @Override
    public String toString() {
        return pattern;
    }
}
