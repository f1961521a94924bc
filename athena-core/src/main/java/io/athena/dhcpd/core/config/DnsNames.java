package io.athena.dhcpd.core.config;

import java.util.regex.Pattern;

/** Which texts are names that DNS can hold. */
public final class DnsNames {

    private static final Pattern NAME = Pattern.compile("(?=.{1,254}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
            + "(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\\.?");

    private DnsNames() {}

    /** Whether it is one label or several with dots, with or without the dot at the end (RFC 1035 section 2.3.1). */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
