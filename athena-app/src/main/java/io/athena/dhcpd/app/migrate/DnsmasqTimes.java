package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.lease.Lease;
import java.util.OptionalLong;

/** Lease times as dnsmasq writes them: seconds, or a number with s, m, h, d or w, or {@code infinite}. */
final class DnsmasqTimes {

    private DnsmasqTimes() {}

    /** Seconds; empty when the text is no time. */
    static OptionalLong seconds(String text) {
        if (text.equals("infinite")) {
            return OptionalLong.of(Lease.FOREVER);
        }
        if (!text.matches("[0-9]{1,9}[smhdw]?")) {
            return OptionalLong.empty();
        }
        char unit = text.charAt(text.length() - 1);
        long factor =
                switch (unit) {
                    case 'm' -> 60;
                    case 'h' -> 3600;
                    case 'd' -> 86_400;
                    case 'w' -> 604_800;
                    default -> 1;
                };
        long number = Long.parseLong(Character.isDigit(unit) ? text : text.substring(0, text.length() - 1));
        return OptionalLong.of(Math.min(number * factor, Lease.FOREVER));
    }
}
