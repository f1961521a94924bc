package io.athena.dhcpd.core.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as {@code 8h}, {@code 1h30m}, {@code 500ms}. */
public final class ConfigDurations {

    static final long INFINITE = 0xffffffffL;

    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,18})d)?(?:(\\d{1,18})h)?(?:(\\d{1,18})m)?(?:(\\d{1,18})s)?(?:(\\d{1,18})ms)?");
    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

    private ConfigDurations() {}

    /** @throws IllegalArgumentException with a message that continues "the value ..." */
    static Duration parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (text.startsWith("-")) {
            throw new IllegalArgumentException("is negative: '" + text + "'");
        }
        if (text.isEmpty() || !parts.matches()) {
            throw new IllegalArgumentException("is '" + text + "', which is not a duration");
        }
        try {
            long millis = 0;
            for (int unit = 0; unit < MILLIS.length; unit++) {
                String number = parts.group(unit + 1);
                if (number != null) {
                    millis = Math.addExact(millis, Math.multiplyExact(Long.parseLong(number), MILLIS[unit]));
                }
            }
            return Duration.ofMillis(millis);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("is '" + text + "', which is far too long");
        }
    }

    /** Seconds of a lease time, option 51: {@code infinite} is 0xffffffff (RFC 2131 section 3.3). */
    static long parseLeaseSeconds(String text) {
        if (text.equals("infinite")) {
            return INFINITE;
        }
        Duration duration = parse(text);
        if (duration.toMillisPart() != 0) {
            throw new IllegalArgumentException("is '" + text + "', but lease times are whole seconds");
        }
        if (duration.toSeconds() < 1 || duration.toSeconds() >= INFINITE) {
            throw new IllegalArgumentException(
                    "is '" + text + "', but lease times are 1 to 4294967294 seconds, or \"infinite\"");
        }
        return duration.toSeconds();
    }

    /** The shortest spelling, such as {@code 1h30m}. */
    static String text(Duration duration) {
        StringBuilder text = new StringBuilder();
        long rest = duration.toMillis();
        String[] units = {"d", "h", "m", "s", "ms"};
        for (int unit = 0; unit < MILLIS.length; unit++) {
            if (rest / MILLIS[unit] > 0) {
                text.append(rest / MILLIS[unit]).append(units[unit]);
                rest %= MILLIS[unit];
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }

    /** The spelling of seconds of a lease time: {@code infinite} for 0xffffffff. */
    public static String leaseText(long seconds) {
        return seconds == INFINITE ? "infinite" : text(Duration.ofSeconds(seconds));
    }
}
