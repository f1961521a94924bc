package io.athena.dhcpd.dhcp.wire;

import io.athena.dhcpd.core.net.IdnLabels;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes host names of what clients send, fit for logs, DNS, scripts and web pages alike. */
public final class ClientNames {

    private static final int MAX_LABEL = 63;
    private static final int MAX_NAME = 253;

    private ClientNames() {}

    /**
     * The host name in option 12, or null when nothing usable is left. It ends at the first NUL; letters, digits, dots,
     * hyphens and underscores stay as they are, a label in another script takes the form that it has in DNS
     * ({@code xn--}), each run of anything else becomes one hyphen, no label starts or ends with one, and RFC 1035 limits
     * the lengths.
     */
    public static @Nullable String hostname(byte[] option12) {
        StringBuilder name = new StringBuilder(Math.min(option12.length, MAX_NAME));
        StringBuilder label = new StringBuilder();
        String text = text(option12);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                endLabel(name, label);
            } else if (isPlain(c) || c > '\u007f') {
                label.append(c);
            } else if (!endsWithHyphen(label)) {
                label.append('-');
            }
        }
        endLabel(name, label);
        return name.length() == 0 ? null : name.toString();
    }

    /** What is not UTF-8 comes out as replacement characters, which are in no name. */
    private static String text(byte[] option12) {
        int end = 0;
        while (end < option12.length && option12[end] != 0) {
            end++;
        }
        return new String(option12, 0, end, StandardCharsets.UTF_8);
    }

    private static void endLabel(StringBuilder name, StringBuilder label) {
        if (!IdnLabels.isAscii(label)) {
            String encoded = IdnLabels.toAscii(label.toString());
            label.setLength(0);
            label.append(encoded);
        }
        label.setLength(Math.min(label.length(), MAX_LABEL));
        while (endsWithHyphen(label)) {
            label.setLength(label.length() - 1);
        }
        int start = 0;
        while (start < label.length() && label.charAt(start) == '-') {
            start++;
        }
        int dot = name.length() == 0 ? 0 : 1;
        int length = label.length() - start;
        if (length > 0 && name.length() + dot + length <= MAX_NAME) {
            name.append(dot == 0 ? "" : ".").append(label, start, label.length());
        }
        label.setLength(0);
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    private static boolean endsWithHyphen(StringBuilder text) {
        return text.length() > 0 && text.charAt(text.length() - 1) == '-';
    }
}
