package io.athena.dhcpd.core.subnet;

/**
 * Option 77: a list of user classes, each behind its length (RFC 3004 section 4). Many clients send one class without a
 * length instead; where the lengths do not add up, the whole value is taken for one.
 */
final class UserClasses {

    private UserClasses() {}

    static boolean anyMatches(byte[] value, Glob glob) {
        if (!isList(value)) {
            return glob.matches(value, 0, withoutNuls(value));
        }
        for (int at = 0; at < value.length; at += 1 + (value[at] & 0xff)) {
            if (glob.matches(value, at + 1, at + 1 + (value[at] & 0xff))) {
                return true;
            }
        }
        return false;
    }

    /** The length of a text without the NULs at its end, which some clients count in (RFC 2132 section 2). */
    static int withoutNuls(byte[] value) {
        int length = value.length;
        while (length > 0 && value[length - 1] == 0) {
            length--;
        }
        return length;
    }

    private static boolean isList(byte[] value) {
        int at = 0;
        while (at < value.length && value[at] != 0) {
            at += 1 + (value[at] & 0xff);
        }
        return at == value.length;
    }
}
