package io.athena.dhcpd.core.net;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Labels of names in any script as DNS holds them, {@code xn--} and ASCII. It goes by IDNA 2003 (RFC 3490), which is what
 * Java has: mapped to lower case and NFKC, sharp s becomes ss, and only what Unicode 3.2 knows has such a form, so no
 * emoji.
 */
public final class IdnLabels {

    private static final String PREFIX = "xn--";
    private static final int ASCII = 0x80;
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private IdnLabels() {}

    /** Whether every character is ASCII. */
    public static boolean isAscii(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= ASCII) {
                return false;
            }
        }
        return true;
    }

    /**
     * One label in ASCII. What is neither letter, digit, mark nor underscore becomes a hyphen; where the label has no
     * form in DNS, so does each character beyond ASCII. What comes out may be empty or too long.
     */
    public static String toAscii(String label) {
        String name = hyphenated(label, false);
        if (isAscii(name)) {
            return name;
        }
        try {
            String ascii = IDN.toASCII(name).toLowerCase(Locale.ROOT);
            if (PLAIN.matcher(ascii).matches()) {
                return ascii;
            }
        } catch (IllegalArgumentException e) {
            // It has no such form; what is left of it without the characters beyond ASCII is its name.
            return hyphenated(label, true);
        }
        return hyphenated(label, true);
    }

    /** Whether a label is one that a name in another script is turned into; many that begin with {@code xn--} are not. */
    public static boolean isEncoded(String label) {
        String lower = label.toLowerCase(Locale.ROOT);
        if (!lower.startsWith(PREFIX) || !PLAIN.matcher(lower).matches()) {
            return false;
        }
        String name = IDN.toUnicode(lower);
        return !isAscii(name) && toAscii(name).equals(lower);
    }

    /** Runs of what cannot be in a name as one hyphen each, none at the ends. */
    private static String hyphenated(String label, boolean asciiOnly) {
        StringBuilder name = new StringBuilder(label.length());
        label.codePoints().forEach(c -> {
            if (c < ASCII ? isPlain(c) : !asciiOnly && isPart(c)) {
                name.appendCodePoint(c);
            } else if (name.length() > 0 && name.charAt(name.length() - 1) != '-') {
                name.append('-');
            }
        });
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '-') {
            end--;
        }
        return name.substring(0, end);
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    private static boolean isPart(int c) {
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }
}
