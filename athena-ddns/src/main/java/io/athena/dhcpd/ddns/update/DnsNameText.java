package io.athena.dhcpd.ddns.update;

import java.util.Locale;

/** The one form in which names are compared. */
public final class DnsNameText {

    private DnsNameText() {}

    /** In lower case, without a dot at the end. */
    public static String plain(String name) {
        String text = name.toLowerCase(Locale.ROOT);
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
