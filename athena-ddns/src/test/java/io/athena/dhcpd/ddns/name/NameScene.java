package io.athena.dhcpd.ddns.name;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.engine.Assignment;
import io.athena.dhcpd.core.engine.NamePolicy.Name;
import io.athena.dhcpd.core.lease.ClientFqdn;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.lease.Wishes;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Reservation;
import io.athena.dhcpd.core.subnet.Subnet;
import io.athena.dhcpd.core.subnet.Terms;
import io.athena.dhcpd.core.subnet.Topology;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.DdnsSection;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules of one configuration, asked on behalf of clients. */
final class NameScene {

    static final MacAddress MAC = MacAddress.parse("aa:bb:cc:dd:ee:01");
    static final String FALLBACK = "dhcp-aabbccddee01";
    static final Ipv4 POOLED = Ipv4.parse("10.0.0.100");

    private static final String HEAD = """
            [server]
            interface = "eth0"
            [ddns]
            enabled = true
            """;
    private static final String FORWARD = """
            [ddns.forward]
            zone = "example.net"
            server = "127.0.0.1"
            """;
    private static final String REVERSE = """
            [ddns.reverse]
            zone = "10.in-addr.arpa"
            server = "127.0.0.1"
            """;
    private static final String SUBNET = """
            [[subnet]]
            network = "10.0.0.0/24"
            domain_name = "office.example.net"
            [[subnet.pool]]
            range_start = "10.0.0.100"
            range_end = "10.0.0.200"
            """;

    final AthenaConfig config;
    final NameHolders holders = new NameHolders();
    final NameRules rules;
    private final Topology topology;

    private NameScene(String text) {
        ConfigResult read =
                TomlConfig.parse(text, Path.of("a.toml"), List.of(new DdnsSection()), StandardOptions.registry());
        config = Objects.requireNonNull(read.config(), () -> read.problems().toString());
        rules = new NameRules(config, holders, new LogBudget(TimeSource.system(), 2));
        topology = TopologyCompiler.compile(config, List.of());
    }

    /** A zone of names and one of addresses, and these keys of the section. */
    static NameScene of(String keys) {
        return new NameScene(HEAD + keys + "\n" + FORWARD + REVERSE + SUBNET);
    }

    static NameScene usual() {
        return of("");
    }

    static NameScene off() {
        return new NameScene(HEAD.replace("true", "false") + FORWARD + SUBNET);
    }

    static NameScene withoutReverse() {
        return new NameScene(HEAD + FORWARD + SUBNET);
    }

    static NameScene withoutForward() {
        return new NameScene(HEAD + REVERSE + SUBNET);
    }

    /** The usual zones with these subnets, or more zones. */
    static NameScene with(String tables) {
        return new NameScene(HEAD + FORWARD + REVERSE + tables);
    }

    /** These zones and subnets and nothing else. */
    static NameScene only(String tables) {
        return new NameScene(HEAD + tables);
    }

    /** The usual subnet with more in it. */
    static NameScene withInSubnet(String tables) {
        return new NameScene(HEAD + FORWARD + REVERSE + SUBNET + tables);
    }

    Assignment at(Ipv4 address) {
        Link link = Objects.requireNonNull(topology.linkOf(address), "no subnet");
        Subnet subnet = Objects.requireNonNull(link.subnetOf(address), "no subnet");
        Reservation reservation = link.reservationAt(address);
        Terms terms = reservation == null ? subnet.terms() : reservation.terms();
        return new Assignment(address, subnet, reservation, terms, 3600);
    }

    Name decide(ClientRequest request) {
        return rules.decide(request, at(POOLED), null);
    }

    Name claim(ClientRequest request) {
        return rules.claim(request, at(POOLED), null);
    }

    /** The name of a client that only sends option 12. */
    @Nullable
    String named(@Nullable String hostname) {
        return decide(client(hostname)).fqdn();
    }

    static ClientRequest client(@Nullable String hostname) {
        return request(MAC, null, hostname, null);
    }

    /** A client with option 81. */
    static ClientRequest client(String flags, @Nullable String name) {
        boolean none = flags.contains("N");
        boolean complete = name != null && name.contains(".");
        ClientFqdn fqdn = new ClientFqdn(flags.contains("S") && !none, none, false, new byte[0], name, complete);
        return request(MAC, null, name, fqdn);
    }

    static ClientRequest another(int number, @Nullable String hostname) {
        return request(MacAddress.parse("02:00:00:00:00:%02x".formatted(number)), null, hostname, null);
    }

    static ClientRequest request(
            @Nullable MacAddress mac, byte @Nullable [] id, @Nullable String hostname, @Nullable ClientFqdn fqdn) {
        ClientKey key = id != null ? ClientKey.ofClientId(id) : ClientKey.ofHardware(Objects.requireNonNull(mac));
        return new ClientRequest(
                MessageType.REQUEST,
                1,
                key,
                mac,
                id,
                POOLED,
                null,
                null,
                false,
                -1,
                Wishes.NONE,
                hostname,
                fqdn,
                null,
                null,
                null,
                RelayInfo.NONE);
    }

    /** What the engine stores of a request and what was decided about it. */
    static Lease lease(ClientRequest request, Name name) {
        return new Lease(
                POOLED,
                LeaseState.ACTIVE,
                request.key(),
                request.mac(),
                request.clientId(),
                request.hostname(),
                name.fqdn(),
                0,
                3600,
                Cidr.parse("10.0.0.0/24"),
                POOLED,
                Ipv4.ANY,
                null,
                null,
                null,
                null,
                0,
                0,
                name.record());
    }
}
