package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads {@code dhcp-host}: with an address it becomes a reservation. */
final class DnsmasqHosts {

    private final ImportedNetwork network;
    private final DnsmasqTags tags;

    DnsmasqHosts(ImportedNetwork network, DnsmasqTags tags) {
        this.network = network;
        this.tags = tags;
    }

    private static final class Host {
        private final List<MacAddress> macs = new ArrayList<>();
        private final ImportedScope scope = new ImportedScope();
        private byte @Nullable [] clientId;
        private @Nullable Ipv4 ip;
        private boolean ignored;
    }

    void host(DnsmasqLine line) {
        Host host = new Host();
        try {
            for (String field : line.plain()) {
                field(line.place(), field, host);
            }
            if (!line.tags().isEmpty()) {
                throw new IllegalArgumentException("holds for a tag only; reservations hold for the whole link");
            }
            if (host.ignored) {
                throw new IllegalArgumentException(
                        "keeps a client from being served; keep it out with match_mac patterns of the pools");
            }
            if (host.ip == null) {
                throw new IllegalArgumentException(
                        "has no address; give the client an ip in [[subnet.reservation]] to keep the rest");
            }
            network.reserve(new ImportedReservation(
                    line.place(),
                    host.ip,
                    new ImportedReservation.Keys(host.macs, host.clientId, null, null),
                    null,
                    host.scope));
            line.with("set:", "net:").forEach(tag -> tags.set(tag, host.scope));
        } catch (IllegalArgumentException e) {
            network.findings().add(line.place(), "'" + line.text() + "' " + e.getMessage());
        }
    }

    private static void field(Place place, String field, Host host) {
        OptionalLong seconds = DnsmasqTimes.seconds(field);
        if (field.startsWith("id:")) {
            host.clientId = clientId(field.substring(3));
        } else if (Ipv4.tryParse(field).isPresent()) {
            host.ip = Ipv4.parse(field);
        } else if (seconds.isPresent()) {
            host.scope.put(ImportedScope.Time.LEASE, place, seconds.getAsLong());
        } else if (field.equals("ignore")) {
            host.ignored = true;
        } else if (field.matches("([0-9]+-)?[0-9A-Fa-f*]{1,2}(:[0-9A-Fa-f*]{1,2})+")) {
            host.macs.add(mac(field));
        } else if (field.startsWith("[") || field.isEmpty()) {
            return;
        } else {
            host.scope.put(ImportedOption.text(place, 12, field));
        }
    }

    private static byte @Nullable [] clientId(String text) {
        if (text.equals("*")) {
            return null;
        }
        return HexText.isPairs(text) ? HexText.parseIdentifier(text) : text.getBytes(StandardCharsets.UTF_8);
    }

    private static MacAddress mac(String text) {
        if (text.contains("*") || text.contains("-")) {
            throw new IllegalArgumentException("names its client by '" + text + "'; a reservation needs a whole MAC");
        }
        return MacAddress.of(MacAddress.ETHERNET, IscFormat.octets(text));
    }
}
