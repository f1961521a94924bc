package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.config.MatchConfig;
import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionType;
import io.athena.dhcpd.core.option.OptionValue;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads {@code dhcp-range}: each gives a subnet, and a pool unless it is for fixed addresses only. */
final class DnsmasqRanges {

    private static final int USUAL_PREFIX = 24;

    private final ImportedNetwork network;
    private final DnsmasqTags tags;

    DnsmasqRanges(ImportedNetwork network, DnsmasqTags tags) {
        this.network = network;
        this.tags = tags;
    }

    /** What a line says. */
    private static final class Range {
        private final Ipv4 first;
        private Ipv4 last;
        private @Nullable Ipv4 mask;
        private @Nullable Ipv4 broadcast;
        private OptionalLong seconds = OptionalLong.empty();
        private boolean fixed;

        Range(Ipv4 first) {
            this.first = first;
            this.last = first;
        }
    }

    /**
     * Takes a range in.
     *
     * @param bootp whether BOOTP clients get addresses
     * @param knownOnly whether clients without a reservation are not served, so that no pool may be open
     */
    void range(DnsmasqLine line, boolean bootp, boolean knownOnly) {
        if (line.fields().stream().anyMatch(field -> field.contains(":") && !field.matches("(set|tag|net):.*"))) {
            network.findings().add(line.place(), "'" + line.text() + "' is about IPv6, which this server does not do");
            return;
        }
        try {
            Range range = parsed(line.plain());
            Cidr prefix = prefix(line, range);
            ImportedSubnet subnet = subnet(line.place(), prefix);
            ImportedScope scope = new ImportedScope();
            time(line.place(), range, subnet, scope);
            if (range.broadcast != null && !range.broadcast.equals(prefix.broadcast())) {
                OptionValue broadcast = new OptionValue.Text(range.broadcast.toString());
                subnet.scope().put(ImportedOption.of(line.place(), 28, OptionType.IP, broadcast));
            }
            boolean alone = subnet.pools().isEmpty();
            line.with("set:").forEach(tag -> tags.set(tag, alone ? subnet.scope() : scope));
            AddressRange usable = range.fixed ? null : subnet.usable(range.first, range.last);
            if (usable == null) {
                return;
            }
            if (knownOnly) {
                throw new IllegalArgumentException(
                        "was for clients with a reservation only, so no pool is made of it; they keep their addresses");
            }
            MatchConfig match = tags.pattern(line.tags());
            subnet.pools().add(new ImportedPool(line.place(), usable, match, bootp, scope));
        } catch (IllegalArgumentException e) {
            network.findings().add(line.place(), "'" + line.text() + "' " + e.getMessage());
        }
    }

    private static Range parsed(List<String> fields) {
        Range range = new Range(Ipv4.parse(fields.isEmpty() ? "" : fields.get(0)));
        int addresses = 0;
        for (String field : fields.subList(1, fields.size())) {
            OptionalLong seconds = DnsmasqTimes.seconds(field);
            if (field.equals("static")) {
                range.fixed = true;
                addresses = Math.max(addresses, 1);
            } else if (Ipv4.tryParse(field).isPresent()) {
                place(range, addresses++, Ipv4.parse(field));
            } else if (seconds.isPresent()) {
                range.seconds = seconds;
            } else {
                throw new IllegalArgumentException("has '" + field + "', which has no counterpart");
            }
        }
        return range;
    }

    /** Addresses come in the order end, mask, broadcast. */
    private static void place(Range range, int position, Ipv4 address) {
        switch (position) {
            case 0 -> range.last = address;
            case 1 -> range.mask = address;
            default -> range.broadcast = address;
        }
    }

    /** dnsmasq asks its interface where the line names no mask. */
    private Cidr prefix(DnsmasqLine line, Range range) {
        if (range.mask != null) {
            return Cidr.around(range.first, Integer.bitCount(range.mask.bits()));
        }
        int prefix = USUAL_PREFIX;
        while (!Cidr.around(range.first, prefix).contains(range.last)) {
            prefix--;
        }
        Cidr guess = Cidr.around(range.first, prefix);
        network.findings()
                .add(line.place(), "'" + line.text() + "' names no mask; " + guess + " is taken, see subnet.network");
        return guess;
    }

    private ImportedSubnet subnet(Place place, Cidr prefix) {
        for (ImportedSubnet subnet : network.subnets()) {
            if (subnet.network().equals(prefix)) {
                return subnet;
            }
        }
        ImportedSubnet subnet = new ImportedSubnet(place, prefix);
        network.subnets().add(subnet);
        return subnet;
    }

    /** The first range of a subnet says its time, so that reservations have it too. */
    private static void time(Place place, Range range, ImportedSubnet subnet, ImportedScope scope) {
        if (range.seconds.isPresent()) {
            boolean first = !subnet.scope().times().containsKey(ImportedScope.Time.LEASE);
            (first ? subnet.scope() : scope).put(ImportedScope.Time.LEASE, place, range.seconds.getAsLong());
        }
    }
}
