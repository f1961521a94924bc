package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.core.net.Cidr;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the DHCP part of dnsmasq.conf. */
final class DnsmasqReader {

    /** dnsmasq's lease time where the file names none. */
    private static final long DEFAULT_LEASE_SECONDS = 3600;

    private static final Set<String> MATCHERS =
            Set.of("dhcp-vendorclass", "dhcp-userclass", "dhcp-mac", "dhcp-circuitid", "dhcp-remoteid", "dhcp-match");

    private static final Set<String> MEANINGLESS = Set.of(
            "dhcp-leasefile", "dhcp-sequential-ip", "dhcp-ttl", "dhcp-client-update", "dhcp-no-override", "dhcp-duid");

    private static final Map<String, String> CURES = Map.ofEntries(
            Map.entry("dhcp-lease-max", "as many leases are given as the pools have addresses"),
            Map.entry("dhcp-script", "commands on events are set up in [hooks]"),
            Map.entry("dhcp-luascript", "commands on events are set up in [hooks]"),
            Map.entry("dhcp-scriptuser", "commands on events are set up in [hooks]"),
            Map.entry("dhcp-relay", "this server is no relay"),
            Map.entry("dhcp-alternate-port", "set server.port and server.client_port"),
            Map.entry("dhcp-fqdn", "names in DNS are set up in [ddns]"),
            Map.entry("dhcp-ignore", "clients are kept out by match_* keys of the pools"),
            Map.entry("no-dhcp-interface", "only the interfaces of server.interface are served"),
            Map.entry("except-interface", "only the interfaces of server.interface are served"),
            Map.entry("shared-network", "put the subnets of a link into one shared_network"),
            Map.entry("pxe-service", "boot menus are not made; name one boot file for each kind of client"),
            Map.entry("pxe-prompt", "boot menus are not made; name one boot file for each kind of client"));

    private final ImportedNetwork network = new ImportedNetwork();
    private final DnsmasqTags tags = new DnsmasqTags(network);
    private final DnsmasqRanges ranges = new DnsmasqRanges(network, tags);
    private final DnsmasqHosts hosts = new DnsmasqHosts(network, tags);
    private final DnsmasqOptions options = new DnsmasqOptions(network, tags);
    private int notAboutDhcp;

    private DnsmasqReader() {}

    /** @throws CommandFailure when the file cannot be read or is broken */
    static ImportedNetwork read(Path file) throws CommandFailure {
        return new DnsmasqReader().whole(file, DnsmasqFiles.read(file));
    }

    private ImportedNetwork whole(Path file, List<DnsmasqLine> lines) {
        network.defaults().put(ImportedScope.Time.LEASE, new Place(file, 0), DEFAULT_LEASE_SECONDS);
        boolean bootp = lines.stream().anyMatch(line -> line.key().equals("bootp-dynamic"));
        boolean knownOnly = lines.stream().anyMatch(DnsmasqReader::ignoresTheUnknown);
        of(lines, MATCHERS).forEach(tags::match);
        of(lines, Set.of("dhcp-range")).forEach(line -> ranges.range(line, bootp, knownOnly));
        of(lines, Set.of("dhcp-host")).forEach(hosts::host);
        lines.forEach(this::setting);
        tags.finish();
        tellOwnAddresses();
        if (notAboutDhcp > 0) {
            network.findings()
                    .add(new Place(file, 0), notAboutDhcp + " lines are not about DHCP and stay with dnsmasq");
        }
        return network;
    }

    private static List<DnsmasqLine> of(List<DnsmasqLine> lines, Set<String> keys) {
        return lines.stream().filter(line -> keys.contains(line.key())).toList();
    }

    private static boolean ignoresTheUnknown(DnsmasqLine line) {
        return line.key().equals("dhcp-ignore")
                && (line.tags().contains("!known") || line.fields().contains("#known"));
    }

    private void setting(DnsmasqLine line) {
        switch (line.key()) {
            case "dhcp-option", "dhcp-option-force" -> options.option(line);
            case "dhcp-boot" -> options.boot(line);
            case "dhcp-authoritative" -> network.authoritative(true);
            case "dhcp-rapid-commit" -> network.subnets().forEach(ImportedSubnet::commitRapidly);
            case "interface" -> line.fields().forEach(name -> interfaceNamed(line.place(), name));
            case "domain" -> domain(line);
            case "dhcp-range", "dhcp-host", "bootp-dynamic" -> {}
            default -> other(line);
        }
    }

    private void other(DnsmasqLine line) {
        String cure = CURES.get(line.key());
        boolean aboutDhcp = line.key().startsWith("dhcp-") || cure != null;
        if (!aboutDhcp) {
            notAboutDhcp++;
        } else if (!MATCHERS.contains(line.key()) && !MEANINGLESS.contains(line.key()) && !ignoresTheUnknown(line)) {
            network.findings()
                    .add(
                            line.place(),
                            "'" + line.text() + "': " + (cure == null ? "this import does not know it" : cure));
        }
    }

    private void interfaceNamed(Place place, String name) {
        if (name.contains("*")) {
            network.findings().add(place, "'" + name + "' names several interfaces; name each in server.interface");
        } else {
            network.interfaces().add(new Sourced<>(place, name));
        }
    }

    /** {@code domain=example.net[,10.0.0.0/24]}. */
    private void domain(DnsmasqLine line) {
        List<String> fields = line.fields();
        if (fields.isEmpty() || fields.get(0).equals("#")) {
            network.findings()
                    .add(line.place(), "'" + line.text() + "' takes the name from elsewhere; set domain_name");
            return;
        }
        try {
            ImportedOption name = ImportedOption.text(line.place(), 15, fields.get(0));
            if (fields.size() == 1) {
                network.defaults().put(name);
                return;
            }
            Cidr prefix = Cidr.parse(fields.get(1));
            network.subnets().stream()
                    .filter(subnet -> prefix.contains(subnet.network()))
                    .forEach(subnet -> subnet.scope().put(name));
        } catch (IllegalArgumentException e) {
            network.findings().add(line.place(), "'" + line.text() + "': set domain_name in the subnets it is for");
        }
    }

    /** dnsmasq names itself as router and name server where nothing else is said. */
    private void tellOwnAddresses() {
        for (ImportedSubnet subnet : network.subnets()) {
            tellOwnAddress(subnet, 3, "routers");
            tellOwnAddress(subnet, 6, "dns_servers");
        }
    }

    private void tellOwnAddress(ImportedSubnet subnet, int code, String key) {
        if (!subnet.scope().has(code) && !network.defaults().has(code) && !options.isSwitchedOff(code)) {
            network.findings()
                    .add(
                            subnet.place(),
                            "dnsmasq told clients of " + subnet.network() + " its own address as " + key
                                    + "; set it in [[subnet]]");
        }
    }
}
