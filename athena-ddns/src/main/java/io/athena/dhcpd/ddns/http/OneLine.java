package io.athena.dhcpd.ddns.http;

import java.util.regex.Pattern;

/** Makes one harmless line of what a server says: it may repeat a client's name, and it ends up in logs. */
public final class OneLine {

    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");
    private static final int MOST_CHARACTERS = 300;

    private OneLine() {}

    /** The text without line ends, terminal escapes and the like, cut to a bearable length. */
    public static String of(String text) {
        String line = HARMFUL.matcher(text.strip()).replaceAll(" ");
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + " ...";
    }
}
