package io.athena.dhcpd.dhcp.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.ConfigLines;
import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.engine.Assignment;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.engine.Offer;
import io.athena.dhcpd.core.engine.ProbeRules;
import io.athena.dhcpd.core.journal.ConflictCodec;
import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.link.InterfaceState;
import io.athena.dhcpd.core.link.LocalAddress;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.ConflictFixtures;
import io.athena.dhcpd.dhcp.ConflictRules;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A configuration, what stands in its store, and messages to explain. */
final class Lab {

    /** Noon of some day. */
    static final long NOW = 1_790_000_000L;

    static final Ipv4 SERVER = Ipv4.parse("10.0.0.1");

    private final ConfigResult read;
    private final List<Lease> leases = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();
    private final List<Exclusion> exclusions = new ArrayList<>();
    private final List<Offer> offers = new ArrayList<>();
    private ConflictRules rules = ConflictFixtures.rules();
    private NamePolicy names = NamePolicy.NONE;

    Lab(String config) {
        this.read = TomlConfig.parse(config, Path.of("/etc/lab.toml"), List.of(), StandardOptions.registry());
        assertThat(read.errors()).isEmpty();
    }

    static MacAddress mac(int client) {
        return MacAddress.of(1, new byte[] {2, 0, 0, 0, 0, (byte) client});
    }

    static ClientMessage discover(int client) {
        return ClientMessage.of(MessageType.DISCOVER, 0x1000 + client, mac(client));
    }

    static ClientMessage request(int client) {
        return ClientMessage.of(MessageType.REQUEST, 0x1000 + client, mac(client));
    }

    Lab lease(int client, String ip, LeaseState state, long expiry) {
        leases.add(new Lease(
                Ipv4.parse(ip),
                state,
                ClientKey.ofHardware(mac(client)),
                mac(client),
                null,
                null,
                null,
                NOW - 1000,
                expiry,
                Cidr.parse("10.0.0.0/24"),
                Ipv4.parse("10.0.0.100"),
                Ipv4.ANY,
                null,
                null,
                null,
                null,
                NOW - 1000,
                NOW - 1000,
                null));
        return this;
    }

    Lab withheld(String ip) {
        conflicts.add(new Conflict(
                Ipv4.parse(ip),
                Cidr.parse("10.0.0.0/24"),
                Conflict.Method.CLIENT_DECLINE,
                null,
                NOW - 10,
                NOW + 600,
                1,
                false,
                false));
        return this;
    }

    Lab excluded(String ip, String reason) {
        exclusions.add(new Exclusion(Ipv4.parse(ip), reason, "root", NOW - 10));
        return this;
    }

    Lab offer(int client, String ip) {
        offers.add(new Offer(Ipv4.parse(ip), ClientKey.ofHardware(mac(client)), NOW + 30, null, null, null, null));
        return this;
    }

    /** Addresses are probed before they are given. */
    Lab probing() {
        rules = new ConflictRules(Duration.ofHours(1), 3, new ProbeRules(true, 1, 3, 500, 10, false));
        return this;
    }

    /** Every lease gets this name. */
    Lab naming(NamePolicy.Name name) {
        names = new NamePolicy() {
            @Override
            public Name decide(ClientRequest request, Assignment assignment, @Nullable Lease own) {
                return name;
            }

            @Override
            public Name stored(Lease lease) {
                return name;
            }
        };
        return this;
    }

    ConfigLines lines() {
        return Objects.requireNonNull(read.lines());
    }

    Explainer explainer() {
        InterfaceState eth0 = new InterfaceState(
                2,
                MacAddress.parse("02:ff:00:00:00:01"),
                List.of(new LocalAddress(SERVER, Cidr.parse("10.0.0.0/24"))),
                1500,
                true,
                false);
        return new Explainer(new Scene(
                Objects.requireNonNull(read.config()),
                lines(),
                rules,
                Map.of("eth0", eth0),
                new Stored(leases, conflicts, exclusions),
                offers,
                false,
                names,
                new FixedTime()));
    }

    /** Explains one message in a world of its own. */
    Explanation explain(ClientMessage message) {
        return explain(explainer(), message, 0);
    }

    static Explanation explain(Explainer explainer, ClientMessage message, long later) {
        byte[] bytes = message.toBytes();
        Ipv4 giaddr = Ipv4.of(bytes, 24);
        Ipv4 source = giaddr.isAny() ? Ipv4.of(bytes, 12) : giaddr;
        return explainer.explain(new Arrival(bytes, source, giaddr.isAny() ? 68 : 67, "eth0", later));
    }

    private record Stored(List<Lease> leases, List<Conflict> conflicts, List<Exclusion> exclusions)
            implements RecoveredState {
        @Override
        public void forEachLease(Visitor visitor) {
            leases.forEach(lease -> visitor.image(lease.ip().bits(), LeaseCodec.encode(lease)));
        }

        @Override
        public void forEachConflict(Visitor visitor) {
            conflicts.forEach(each -> visitor.image(each.ip().bits(), ConflictCodec.encode(each)));
        }

        @Override
        public void forEachExclusion(Visitor visitor) {
            exclusions.forEach(each -> visitor.image(each.ip().bits(), each.encode()));
        }

        @Override
        public List<Integer> damaged() {
            return List.of();
        }

        @Override
        public boolean caution() {
            return false;
        }

        @Override
        public long newestTime() {
            return NOW - 1000;
        }

        @Override
        public long lastSequence() {
            return 0;
        }

        @Override
        public List<String> findings() {
            return List.of();
        }
    }

    private record FixedTime() implements TimeSource {
        @Override
        public long epochSeconds() {
            return NOW;
        }

        @Override
        public long nanoTime() {
            return 0;
        }
    }
}
