package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.LeasequeryConfig;
import io.athena.dhcpd.core.config.MatchConfig;
import io.athena.dhcpd.core.config.OptionScope;
import io.athena.dhcpd.core.config.PoolConfig;
import io.athena.dhcpd.core.config.ReservationConfig;
import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.config.SubnetConfig;
import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.EventPublisher;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.lease.ClientFqdn;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.lease.Wishes;
import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.subnet.Topology;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One link, 10.0.0.0/24 with the router .1 and the pool .100 to .103, under a test clock. */
final class EngineFixture {

    static final long HOUR = 3600;
    static final Ipv4 SERVER = Ipv4.parse("10.0.0.2");

    long now = 1_800_000_000L;
    final ManualJournal journal = new ManualJournal();
    final CommitQueue commits = new CommitQueue(() -> {});
    final List<Lease> heard = new ArrayList<>();
    final List<DomainEvent> told = new ArrayList<>();
    final List<Integer> alarms = new ArrayList<>();
    final LeaseEngine engine;

    /** Who decides about names; may be replaced at any time, as by a reload. */
    NamePolicy names = NamePolicy.NONE;

    private int nextXid = 1;

    EngineFixture() {
        this(settings(false, false), List.of(), false);
    }

    EngineFixture(EngineSettings settings, List<ReservationConfig> reservations, boolean bootp) {
        this(topology(reservations, bootp), settings, Probing.NONE);
    }

    private EngineListeners listeners() {
        EventPublisher everything = new EventPublisher() {
            @Override
            public boolean hears(EventType type) {
                return true;
            }

            @Override
            public void publish(DomainEvent event) {
                told.add(event);
            }
        };
        return EngineListeners.of(heard::add).with(everything, (subnet, limit) -> alarms.add(limit));
    }

    static EngineFixture withReservations(ReservationConfig... reservations) {
        return new EngineFixture(settings(false, false), List.of(reservations), false);
    }

    static EngineSettings settings(boolean authoritative, boolean caution) {
        return new EngineSettings(60, authoritative, caution ? Long.MAX_VALUE : 0, false, HOUR, 12 * HOUR, 3);
    }

    static ReservationConfig reservation(String ip, String... macs) {
        return new ReservationConfig(
                1,
                Ipv4.parse(ip),
                Stream.of(macs).map(MacAddress::parse).toList(),
                null,
                null,
                null,
                null,
                null,
                OptionScope.EMPTY,
                null);
    }

    static Topology topology(List<ReservationConfig> reservations, boolean bootp) {
        return topology(reservations, bootp, "10.0.0.100", "10.0.0.103");
    }

    static Topology topology(List<ReservationConfig> reservations, boolean bootp, String first, String last) {
        PoolConfig pool = new PoolConfig(
                1, new AddressRange(Ipv4.parse(first), Ipv4.parse(last)), OptionScope.EMPTY, MatchConfig.ANY, bootp);
        OptionSet router =
                OptionSet.builder().put(3, Ipv4.parse("10.0.0.1").toBytes()).build();
        SubnetConfig subnet = new SubnetConfig(
                1,
                Cidr.parse("10.0.0.0/24"),
                null,
                new OptionScope(router, HOUR, null, null),
                List.of(pool),
                reservations,
                false,
                false,
                false,
                null,
                List.of(),
                null,
                null);
        return TopologyCompiler.compile(config(List.of(subnet)), List.of(SERVER));
    }

    static AthenaConfig config(List<SubnetConfig> subnets) {
        ServerConfig server = new ServerConfig(
                List.of("eth0"),
                null,
                null,
                "info",
                Path.of("/nowhere"),
                null,
                67,
                68,
                Duration.ofSeconds(60),
                Path.of("/nowhere/control.sock"),
                false,
                "node-a",
                1000,
                null);
        return new AthenaConfig(
                server, OptionScope.EMPTY, subnets, List.of(), new LeasequeryConfig(false, List.of()), Map.of());
    }

    static EngineFixture withPool(String first, String last) {
        return new EngineFixture(topology(List.of(), false, first, last));
    }

    private EngineFixture(Topology topology) {
        this(topology, settings(false, false), Probing.NONE);
    }

    EngineFixture(Topology topology, EngineSettings settings, Probing probing) {
        journal.listen(commits);
        engine = new LeaseEngine(
                topology.links().get(0), journal, commits, new CurrentPolicy(), settings, listeners(), probing);
    }

    private final class CurrentPolicy implements NamePolicy {
        @Override
        public Name decide(ClientRequest request, Assignment assignment, @Nullable Lease own) {
            return names.decide(request, assignment, own);
        }

        @Override
        public Name claim(ClientRequest request, Assignment assignment, @Nullable Lease own) {
            return names.claim(request, assignment, own);
        }

        @Override
        public void disclaim(Lease lease) {
            names.disclaim(lease);
        }

        @Override
        public Name stored(Lease lease) {
            return names.stored(lease);
        }

        @Override
        public boolean isOn() {
            return names.isOn();
        }
    }

    Client client(int number) {
        return behind(RelayInfo.NONE, number);
    }

    /** A client on a port of a relay agent in the link. */
    Client behindPort(String circuitId, int number) {
        byte[] circuit = circuitId.getBytes(StandardCharsets.US_ASCII);
        return behind(new RelayInfo(Ipv4.parse("10.0.0.1"), null, circuit, null, null, null, 67), number);
    }

    private Client behind(RelayInfo relay, int number) {
        return new Client(MacAddress.of(1, new byte[] {2, 0, 0, 0, (byte) (number >> 8), (byte) number}), relay);
    }

    /** Lets the disk finish and the lane settle. */
    void sync() {
        journal.sync();
        commits.settle();
    }

    void failDisk() {
        journal.fail();
        commits.settle();
    }

    /** A client that speaks straight to the engine. */
    final class Client {
        final MacAddress mac;
        final ClientKey key;

        private final RelayInfo relay;

        /** Option 81 of what it sends. */
        @Nullable
        ClientFqdn fqdn;

        Client(MacAddress mac, RelayInfo relay) {
            this.mac = mac;
            this.relay = relay;
            this.key = ClientKey.ofHardware(mac);
        }

        Answer discover() {
            return engine.offer(message(MessageType.DISCOVER, Ipv4.ANY, null, null, nextXid++), Search.NEW, now);
        }

        Answer discoverAsking(String address) {
            return engine.offer(
                    message(MessageType.DISCOVER, Ipv4.ANY, Ipv4.parse(address), null, nextXid++), Search.NEW, now);
        }

        Answer select(Ipv4 address) {
            return select(address, nextXid++);
        }

        Answer select(Ipv4 address, int xid) {
            return engine.confirm(message(MessageType.REQUEST, Ipv4.ANY, address, SERVER, xid), now);
        }

        Answer selectElsewhere(Ipv4 address) {
            Ipv4 other = Ipv4.parse("10.0.0.77");
            return engine.confirm(message(MessageType.REQUEST, Ipv4.ANY, address, other, nextXid++), now);
        }

        Answer reboot(String address) {
            return engine.confirm(message(MessageType.REQUEST, Ipv4.ANY, Ipv4.parse(address), null, nextXid++), now);
        }

        Answer renew(String address) {
            return engine.confirm(message(MessageType.REQUEST, Ipv4.parse(address), null, null, nextXid++), now);
        }

        Answer release(String address) {
            return engine.release(message(MessageType.RELEASE, Ipv4.parse(address), null, SERVER, nextXid++), now);
        }

        Answer decline(String address) {
            return engine.decline(message(MessageType.DECLINE, Ipv4.ANY, Ipv4.parse(address), SERVER, nextXid++), now);
        }

        Answer bootp() {
            return engine.bootp(message(MessageType.BOOTP, Ipv4.ANY, null, null, nextXid++), Search.NEW, now);
        }

        /** The whole exchange; the address that is leased in the end. */
        Ipv4 lease() {
            Ipv4 address = offered(discover());
            granted(select(address));
            sync();
            return address;
        }

        ClientRequest message(MessageType type, Ipv4 ciaddr, @Nullable Ipv4 asked, @Nullable Ipv4 server, int xid) {
            return new ClientRequest(
                    type,
                    xid,
                    key,
                    mac,
                    null,
                    ciaddr,
                    asked,
                    server,
                    SERVER.equals(server),
                    -1,
                    Wishes.NONE,
                    null,
                    fqdn,
                    null,
                    null,
                    null,
                    relay);
        }
    }

    static Ipv4 offered(Answer answer) {
        return ((Answer.Offered) answer).assignment().address();
    }

    static Ipv4 granted(Answer answer) {
        return answer instanceof Answer.Granted granted
                ? granted.assignment().address()
                : ((Answer.Committing) answer).assignment().address();
    }

    List<String> activeAddresses() {
        List<String> active = new ArrayList<>();
        List<Lease> all = new ArrayList<>();
        engine.records().page(0, Integer.MAX_VALUE, all);
        all.stream()
                .filter(lease -> lease.isActive(now))
                .map(lease -> lease.ip().toString())
                .sorted()
                .forEach(active::add);
        return active;
    }
}
