package io.athena.dhcpd.ddns.zone;

import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A zone of addresses: on an octet boundary (RFC 1035 section 3.5), or one label below that for a part of the addresses
 * (RFC 2317). Labels such as {@code 0/25} and {@code 0-127} say which part; any other label leaves it open.
 */
public final class ReverseZone {

    private static final String ROOT = "in-addr.arpa";
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern PREFIX = Pattern.compile("(0|[1-9][0-9]{0,2})/([1-9][0-9]?)");
    private static final Pattern RANGE = Pattern.compile("(0|[1-9][0-9]{0,2})-(0|[1-9][0-9]{0,2})");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_/]([a-z0-9_/-]{0,61}[a-z0-9_/])?");

    private final String name;
    private final List<Integer> octets;
    private final int first;
    private final int last;

    private ReverseZone(String name, List<Integer> octets, int first, int last) {
        this.name = name;
        this.octets = octets;
        this.first = first;
        this.last = last;
    }

    /** Reads a zone's name, with or without a dot at its end; empty when it is not one of addresses. */
    public static Optional<ReverseZone> parse(String zone) {
        String name = zone.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        if (!name.equals(ROOT) && !name.endsWith("." + ROOT)) {
            return Optional.empty();
        }
        String[] labels = name.equals(ROOT)
                ? new String[0]
                : name.substring(0, name.length() - ROOT.length() - 1).split("\\.", -1);
        List<Integer> octets = new ArrayList<>();
        int at = labels.length - 1;
        while (at >= 0 && octet(labels[at]) >= 0) {
            octets.add(octet(labels[at--]));
        }
        if (octets.size() > 4 || at > 0 || at == 0 && (octets.size() == 4 || !isLabel(labels[0]))) {
            return Optional.empty();
        }
        int[] range = at < 0 ? new int[] {0, 255} : range(labels[0], octets.size());
        return Optional.of(new ReverseZone(name, List.copyOf(octets), range[0], range[1]));
    }

    /** The name of the PTR record of an address, without a dot at its end; empty when the zone does not have it. */
    public Optional<String> owner(Ipv4 address) {
        byte[] bytes = address.toBytes();
        for (int i = 0; i < octets.size(); i++) {
            if (octets.get(i) != (bytes[i] & 0xff)) {
                return Optional.empty();
            }
        }
        List<String> labels = new ArrayList<>();
        for (int i = octets.size(); i < bytes.length; i++) {
            labels.add(Integer.toString(bytes[i] & 0xff));
        }
        if (!labels.isEmpty()) {
            int next = bytes[octets.size()] & 0xff;
            if (next < first || next > last) {
                return Optional.empty();
            }
        }
        Collections.reverse(labels);
        labels.add(name);
        return Optional.of(String.join(".", labels));
    }

    private static boolean isLabel(String label) {
        return LABEL.matcher(label).matches();
    }

    private static int octet(String label) {
        return OCTET.matcher(label).matches() && Integer.parseInt(label) <= 255 ? Integer.parseInt(label) : -1;
    }

    /** Which values the octet below the parent has in the zone of this label. */
    private static int[] range(String label, int parents) {
        Matcher prefix = PREFIX.matcher(label);
        if (prefix.matches()) {
            int from = Integer.parseInt(prefix.group(1));
            int bits = Integer.parseInt(prefix.group(2)) - parents * Byte.SIZE;
            int size = bits < 1 || bits > Byte.SIZE ? 0 : 1 << Byte.SIZE - bits;
            if (size > 0 && from % size == 0 && from + size <= 256) {
                return new int[] {from, from + size - 1};
            }
        }
        Matcher range = RANGE.matcher(label);
        if (range.matches()) {
            int from = Integer.parseInt(range.group(1));
            int to = Integer.parseInt(range.group(2));
            if (from <= to && to <= 255) {
                return new int[] {from, to};
            }
        }
        return new int[] {0, 255};
    }
}
