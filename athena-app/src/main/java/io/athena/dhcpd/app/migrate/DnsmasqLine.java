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
        for (char c : value.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (!value.isEmpty()) {
            fields.add(field.toString().strip());
        }
        return List.copyOf(fields);
    }
}
