package io.athena.dhcpd.events.hook;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Makes one harmless line of what a program or a web server says: it may repeat what a client sent. */
public final class OneLine {

    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");
    private static final int MOST_CHARACTERS = 1000;

    private OneLine() {}

    /** The text without line ends, terminal escapes and the like, cut to a bearable length. */
    public static String of(String text) {
        String line = HARMFUL.matcher(text.strip()).replaceAll(" ");
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + " ...";
    }

    /** The same of bytes that should be UTF-8. */
    public static String of(byte[] bytes) {
        return of(new String(bytes, StandardCharsets.UTF_8));
    }
}
