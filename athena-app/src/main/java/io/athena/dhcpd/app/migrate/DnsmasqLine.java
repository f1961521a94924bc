package io.athena.dhcpd.app.migrate;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of dnsmasq.conf.
 *
 * @param key what stands before the sign of equality
 * @param fields what stands after it, cut at commas; quotation marks are gone
 */
record DnsmasqLine(Place place, String key, List<String> fields) {

    /** What may stand behind a backslash in quotation marks, and what it then means. */
    private static final String ESCAPES = "\\\"tnebr";

    private static final String ESCAPED = "\\\"\t\n\u001b\b\r";

    static DnsmasqLine of(Place place, String key, String value) {
        return new DnsmasqLine(place, key, split(value));
    }

    /** The values behind a prefix such as {@code tag:}. */
    List<String> with(String... prefixes) {
        List<String> values = new ArrayList<>();
        for (String field : fields) {
            for (String prefix : prefixes) {
                if (field.startsWith(prefix)) {
                    values.add(field.substring(prefix.length()));
                }
            }
        }
        return values;
    }

    /** The fields without those of a tag. */
    List<String> plain() {
        return fields.stream()
                .filter(field -> !field.startsWith("tag:") && !field.startsWith("set:") && !field.startsWith("net:"))
                .toList();
    }

    /** The tags that have to be set for the line to hold. */
    List<String> tags() {
        return with("tag:", "net:");
    }

    String text() {
        return fields.isEmpty() ? key : key + "=" + String.join(",", fields);
    }

    private static List<String> split(String value) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        // Blanks around a field go, those in quotation marks stay.
        int kept = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean escape = quoted && c == '\\' && i + 1 < value.length() && ESCAPES.indexOf(value.charAt(i + 1)) >= 0;
            if (escape) {
                field.append(ESCAPED.charAt(ESCAPES.indexOf(value.charAt(++i))));
                kept = field.length();
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                field.setLength(kept);
                fields.add(field.toString());
                field.setLength(0);
                kept = 0;
            } else if (quoted || !Character.isWhitespace(c)) {
                field.append(c);
                kept = field.length();
            } else if (!field.isEmpty()) {
                field.append(c);
            }
        }
        field.setLength(kept);
        if (!value.isEmpty()) {
            fields.add(field.toString());
        }
        return List.copyOf(fields);
    }
}
