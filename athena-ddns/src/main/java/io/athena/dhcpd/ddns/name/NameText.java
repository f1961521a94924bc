package io.athena.dhcpd.ddns.name;

import io.athena.dhcpd.core.config.DnsNames;
import io.athena.dhcpd.core.net.IdnLabels;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes names of what people and clients write: lower-case letters, digits and hyphens (RFC 1123 section 2.1). */
final class NameText {

    static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;

    private NameText() {}

    /** The first label of a text, cleaned; null when nothing is left of it, or when it is a name of services. */
    static @Nullable String firstLabel(String text) {
        for (int at = 0; at < text.length(); ) {
            int dot = text.indexOf('.', at);
            int end = dot < 0 ? text.length() : dot;
            if (end > at) {
                return label(text.substring(at, end));
            }
            at = end + 1;
        }
        return null;
    }

    /** Every label of a text, cleaned; null when one of them is nothing, is a name of services, or all are too long. */
    static @Nullable String name(String text) {
        String undotted = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        StringBuilder name = new StringBuilder(undotted.length());
        for (String part : undotted.split("\\.", -1)) {
            String label = label(part);
            if (label == null) {
                return null;
            }
            name.append(name.length() == 0 ? "" : ".").append(label);
        }
        return name.length() > MAX_NAME ? null : name.toString();
    }

    /**
     * One label, cleaned. Hyphens stand alone (RFC 5891 section 4.2.3.1 keeps those after two letters for others), but in
     * what a name in another script is turned into.
     */
    private static @Nullable String label(String written) {
        if (written.startsWith("_")) {
            return null;
        }
        String ascii = (IdnLabels.isAscii(written) ? written : IdnLabels.toAscii(written)).toLowerCase(Locale.ROOT);
        if (ascii.startsWith("_")) {
            return null;
        }
        if (IdnLabels.isEncoded(ascii)) {
            return ascii;
        }
        StringBuilder label = new StringBuilder(Math.min(ascii.length(), MAX_LABEL));
        for (int i = 0; i < ascii.length() && label.length() < MAX_LABEL; i++) {
            char c = ascii.charAt(i);
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
                label.append(c);
            } else if (label.length() > 0 && label.charAt(label.length() - 1) != '-') {
                label.append('-');
            }
        }
        if (label.length() > 0 && label.charAt(label.length() - 1) == '-') {
            label.setLength(label.length() - 1);
        }
        return label.length() == 0 ? null : label.toString();
    }

    /** What the configuration writes, in the form in which names are compared; null when it is no name. */
    static @Nullable String configured(@Nullable String text) {
        if (text == null || !DnsNames.isName(text)) {
            return null;
        }
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return name.toLowerCase(Locale.ROOT);
    }

    /** The domain in option 15, or null when that is no name. */
    static @Nullable String domain(byte @Nullable [] option15) {
        return option15 == null ? null : configured(new String(option15, StandardCharsets.UTF_8));
    }

    /** Whether a name has labels before the domain. */
    static boolean isBelow(String name, String domain) {
        int dot = name.length() - domain.length() - 1;
        return dot > 0 && name.charAt(dot) == '.' && name.endsWith(domain);
    }
}
