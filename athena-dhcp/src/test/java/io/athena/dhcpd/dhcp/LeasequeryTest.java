package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Those who ask about leases, by datagram and over TCP, and the whole service with real sockets and a real store. */
class LeasequeryTest {

    private static final Ipv4 RELAY = Ipv4.parse("127.0.0.1");

    /** Option 82: remote id "dslam-7", relay id "olt", and answers to the source port (RFC 8357). */
    private static final byte[] BEHIND_DSLAM = {2, 7, 'd', 's', 'l', 'a', 'm', '-', '7', 12, 3, 'o', 'l', 't', 19, 0};

    private static final byte[] BY_REMOTE_ID = {2, 7, 'd', 's', 'l', 'a', 'm', '-', '7', 19, 0};
    private static final byte[] TO_SOURCE_PORT = {19, 0};
    private static final byte[] BULK_REMOTE_ID = {2, 7, 'd', 's', 'l', 'a', 'm', '-', '7'};
    private static final byte[] BULK_RELAY_ID = {12, 3, 'o', 'l', 't'};

    private static final String TWO_LINKS = """
            [[subnet]]
            network = "127.0.0.0/16"
            routers = ["127.0.0.9"]
            dns_servers = ["127.0.0.8"]
            lease_time = "1h"
              [[subnet.pool]]
              range_start = "127.0.1.1"
              range_end = "127.0.1.50"
            [[subnet]]
            network = "127.5.0.0/16"
            lease_time = "2h"
              [[subnet.pool]]
              range_start = "127.5.1.1"
              range_end = "127.5.1.20"
            """;

    private static TestCertificates certificates;

    @TempDir
    Path folder;

    private int tcpPort;
    private RunningService service;
    private LoopbackClient client;

    @BeforeAll
    static void certify(@TempDir Path folder) throws Exception {
        certificates = new TestCertificates(folder);
    }

    @BeforeEach
    void start() throws Exception {
        tcpPort = FreePorts.tcp();
        service = new RunningService(folder, config(TWO_LINKS, "127.0.0.0/24", "insecure = true"));
        client = service.client;
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private String config(String subnets, String allow, String tcp) {
        return """
                [leasequery]
                enabled = true
                allow = ["%s"]
                listen = "127.0.0.1:%d"
                max_connections = 3
                %s
                """.formatted(allow, tcpPort, tcp) + subnets;
    }

    private void reload(String subnets, String allow, String tcp) {
        service.reload(config(subnets, allow, tcp));
    }

    private QueryClient requester() throws IOException {
        return new QueryClient(tcpPort, 1);
    }

    // --- clients ------------------------------------------------------------------------------------------------

    private ClientMessage relayed(MessageType type, int number, String giaddr) {
        return client.message(type, number)
                .giaddr(RELAY)
                .option(61, (byte) 1, (byte) number)
                .option(60, (byte) 'V')
                .option(82, withLink(giaddr));
    }

    private static byte[] withLink(String link) {
        return ByteBuffer.allocate(BEHIND_DSLAM.length + 6)
                .put(BEHIND_DSLAM)
                .put((byte) 5)
                .put((byte) 4)
                .put(Ipv4.parse(link).toBytes())
                .array();
    }

    /** A lease of a client that is known by an identifier, behind the relay agent of a link. */
    private Ipv4 leaseOn(String link, int number) throws IOException {
        DhcpPacket offer = client.exchange(relayed(MessageType.DISCOVER, number, link));
        DhcpPacket ack = client.exchange(relayed(MessageType.REQUEST, number, link)
                .option(50, offer.yiaddr())
                .option(54, offer.serverId()));
        assertThat(ack.type()).isEqualTo(MessageType.ACK);
        return ack.yiaddr();
    }

    /** Releases a lease and waits until the server knows: what is asked next may come another way. */
    private void release(int number, Ipv4 address) throws Exception {
        client.send(client.message(MessageType.RELEASE, number)
                .option(61, (byte) 1, (byte) number)
                .ciaddr(address)
                .toBytes());
        long patience = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (stateOf(address) != LeaseState.RELEASED && System.nanoTime() - patience < 0) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(stateOf(address)).isEqualTo(LeaseState.RELEASED);
    }

    private LeaseState stateOf(Ipv4 address) throws Exception {
        return service.lease(address).orElseThrow().state();
    }

    private DhcpPacket ask(ClientMessage query) throws IOException {
        return client.exchange(query);
    }

    private static long number(DhcpPacket packet, int code) {
        byte[] value = packet.options().get(code);
        assertThat(value).as("option %s of %s", code, packet).hasSize(4);
        return Ipv4.of(value, 0).toLong();
    }

    // --- by datagram --------------------------------------------------------------------------------------------

    @Test
    void anAddressThatIsLeasedComesWithItsClientAndTheTimeThatIsLeft() throws IOException {
        Ipv4 address = leaseOn("127.0.0.1", 1);
        DhcpPacket active = ask(byAddress(address).ask(51, 58, 59, 61, 82, 91, 92, 60, 3, 6, 156, 157));
        assertThat(active.type()).isEqualTo(MessageType.LEASEACTIVE);
        assertThat(active.ciaddr()).isEqualTo(address);
        assertThat(active.yiaddr()).isEqualTo(Ipv4.ANY);
        assertThat(active.giaddr()).isEqualTo(RELAY);
        assertThat(active.chaddr()).isEqualTo(LoopbackClient.mac(1));
        assertThat(active.serverId()).hasToString("127.0.0.1");
        assertThat(active.clientId()).containsExactly(1, 1);
        assertThat(active.vendorClass()).containsExactly('V');
        assertThat(active.options().get(82)).isEqualTo(withLink("127.0.0.1"));
        assertThat(number(active, 51)).isBetween(3540L, 3600L);
        assertThat(number(active, 58)).isBetween(1740L, 1800L);
        assertThat(number(active, 59)).isBetween(3090L, 3150L);
        assertThat(number(active, 91)).isBetween(0L, 60L);
        assertThat(active.options().get(3)).containsExactly(127, 0, 0, 9);
        assertThat(active.options().get(6)).containsExactly(127, 0, 0, 8);
        assertThat(active.options().get(156)).containsExactly(2);
        assertThat(active.options().get(157)).containsExactly(0);
        assertThat(active.options().contains(92)).isFalse();
    }

    @Test
    void onlyWhatWasAskedForIsTold() throws IOException {
        DhcpPacket active = ask(byAddress(leaseOn("127.0.0.1", 1)).ask(51));
        assertThat(active.options().size()).as("%s", active.options()).isEqualTo(3);
        assertThat(active.options().contains(51)).isTrue();
        assertThat(active.options().contains(53)).isTrue();
        assertThat(active.options().contains(54)).isTrue();
    }

    @Test
    void anAddressToGiveIsUnassignedAndAnyOtherUnknown() throws Exception {
        Ipv4 address = leaseOn("127.0.0.1", 1);
        assertThat(ask(byAddress(Ipv4.parse("127.0.1.44"))).type()).isEqualTo(MessageType.LEASEUNASSIGNED);
        assertThat(ask(byAddress(Ipv4.parse("127.0.77.1"))).type()).isEqualTo(MessageType.LEASEUNKNOWN);
        DhcpPacket elsewhere = ask(byAddress(Ipv4.parse("192.0.2.1")));
        assertThat(elsewhere.type()).isEqualTo(MessageType.LEASEUNKNOWN);
        assertThat(elsewhere.ciaddr()).hasToString("192.0.2.1");
        release(1, address);
        assertThat(ask(byAddress(address)).type()).isEqualTo(MessageType.LEASEUNASSIGNED);
    }

    @Test
    void aHardwareAddressFindsAClientOnAnyLinkThatIsKnownByItsIdentifier() throws IOException {
        Ipv4 first = leaseOn("127.0.0.1", 1);
        Ipv4 second = leaseOn("127.5.0.1", 1);
        DhcpPacket active = ask(keyless().mac(LoopbackClient.mac(1)).ask(92, 61));
        assertThat(active.type()).isEqualTo(MessageType.LEASEACTIVE);
        assertThat(active.ciaddr()).isIn(first, second);
        assertThat(active.options().get(92))
                .isEqualTo(ByteBuffer.allocate(8)
                        .put(first.toBytes())
                        .put(second.toBytes())
                        .array());
        assertThat(ask(keyless().mac(LoopbackClient.mac(2))).type()).isEqualTo(MessageType.LEASEUNKNOWN);
    }

    @Test
    void aClientIdentifierFindsItsClientAndComesBackWhenItDoesNot() throws IOException {
        Ipv4 address = leaseOn("127.5.0.1", 1);
        assertThat(ask(keyless().option(61, (byte) 1, (byte) 1)).ciaddr()).isEqualTo(address);
        DhcpPacket unknown = ask(keyless().option(61, (byte) 9));
        assertThat(unknown.type()).isEqualTo(MessageType.LEASEUNKNOWN);
        assertThat(unknown.clientId()).containsExactly(9);
    }

    @Test
    void aRemoteIdFindsAllClientsBehindIt() throws IOException {
        Set<Ipv4> leased = new HashSet<>();
        for (int i = 1; i <= 4; i++) {
            leased.add(leaseOn("127.0.0.1", i));
        }
        DhcpPacket active = ask(keyless().option(82, BY_REMOTE_ID).ask(92));
        assertThat(active.type()).isEqualTo(MessageType.LEASEACTIVE);
        assertThat(active.ciaddr()).isIn(leased);
        ByteBuffer associated = ByteBuffer.wrap(active.options().get(92));
        Set<Ipv4> told = new HashSet<>();
        while (associated.hasRemaining()) {
            told.add(new Ipv4(associated.getInt()));
        }
        assertThat(told).isEqualTo(leased);
    }

    @Test
    void strangersAreNotAnsweredAndCounted() throws IOException {
        Ipv4 address = leaseOn("127.0.0.1", 1);
        reload(TWO_LINKS, "127.0.0.2", "insecure = true");
        client.send(byAddress(address).toBytes());
        client.send(byAddress(address).giaddr(Ipv4.parse("127.0.0.2")).toBytes());
        service.awaitDropped("leasequery_refused", 2);
        assertThat(client.receive(300)).isNull();
        reload(TWO_LINKS, "127.0.0.1", "insecure = true");
        assertThat(ask(byAddress(address)).type()).isEqualTo(MessageType.LEASEACTIVE);
    }

    @Test
    void aQueryForTwoThingsOrForNoneIsNotAnswered() throws IOException {
        client.send(byAddress(RELAY).option(61, (byte) 1).toBytes());
        client.send(keyless().toBytes());
        service.awaitDropped("leasequery_unusable", 2);
        assertThat(client.receive(300)).isNull();
    }

    private ClientMessage keyless() {
        return client.query().giaddr(RELAY).option(82, TO_SOURCE_PORT);
    }

    private ClientMessage byAddress(Ipv4 address) {
        return keyless().ciaddr(address);
    }

    // --- bulk ---------------------------------------------------------------------------------------------------

    @Test
    void everyConfiguredAddressIsToldOnce() throws Exception {
        Ipv4 leased = leaseOn("127.0.0.1", 1);
        Ipv4 released = leaseOn("127.5.0.1", 2);
        release(2, released);
        try (QueryClient requester = requester()) {
            List<DhcpPacket> answers = requester.ask(QueryClient.query(MessageType.BULKLEASEQUERY, 7));
            assertThat(answers).hasSize(70).allSatisfy(answer -> assertThat(answer.xid())
                    .isEqualTo(7));
            assertThat(answers).extracting(DhcpPacket::ciaddr).doesNotHaveDuplicates();
            assertThat(answers.get(0).serverId()).hasToString("127.0.0.1");
            assertThat(answers.subList(1, 70))
                    .allSatisfy(answer -> assertThat(answer.serverId()).isNull());
            DhcpPacket active = of(leased, answers);
            assertThat(active.type()).isEqualTo(MessageType.LEASEACTIVE);
            assertThat(active.chaddr()).isEqualTo(LoopbackClient.mac(1));
            assertThat(active.options().get(156)).containsExactly(2);
            assertThat(number(active, 152)).isGreaterThan(1_700_000_000L);
            assertThat(number(active, 153)).isLessThan(60);
            DhcpPacket free = of(released, answers);
            assertThat(free.type()).isEqualTo(MessageType.LEASEUNASSIGNED);
            assertThat(free.options().get(156)).containsExactly(4);
            DhcpPacket unused = of(Ipv4.parse("127.0.1.50"), answers);
            assertThat(unused.type()).isEqualTo(MessageType.LEASEUNASSIGNED);
            assertThat(unused.options().get(156)).containsExactly(1);
            assertThat(unused.chaddr()).isNull();
        }
    }

    private static DhcpPacket of(Ipv4 address, List<DhcpPacket> answers) {
        return answers.stream()
                .filter(answer -> answer.ciaddr().equals(address))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aBulkQueryFindsByEachKeyAndSeveralFollowOnOneConnection() throws IOException {
        Ipv4 first = leaseOn("127.0.0.1", 1);
        Ipv4 second = leaseOn("127.5.0.1", 2);
        try (QueryClient requester = requester()) {
            requester.send(QueryClient.query(MessageType.BULKLEASEQUERY, 1).option(82, BULK_RELAY_ID));
            requester.send(QueryClient.query(MessageType.BULKLEASEQUERY, 2).option(82, BULK_REMOTE_ID));
            requester.send(QueryClient.query(MessageType.BULKLEASEQUERY, 3).mac(LoopbackClient.mac(2)));
            requester.send(QueryClient.query(MessageType.BULKLEASEQUERY, 4).option(61, (byte) 1, (byte) 1));
            requester.send(QueryClient.query(MessageType.BULKLEASEQUERY, 5).option(61, (byte) 8));
            assertThat(requester.answers()).extracting(DhcpPacket::ciaddr).containsExactlyInAnyOrder(first, second);
            assertThat(requester.answers()).extracting(DhcpPacket::ciaddr).containsExactlyInAnyOrder(first, second);
            assertThat(requester.answers()).extracting(DhcpPacket::ciaddr).containsExactly(second);
            assertThat(requester.answers()).extracting(DhcpPacket::ciaddr).containsExactly(first);
            assertThat(requester.answers()).isEmpty();
        }
    }

    @Test
    void onlyWhatChangedInTheAskedTimeIsTold() throws IOException {
        leaseOn("127.0.0.1", 1);
        long now = TimeSource.system().epochSeconds();
        try (QueryClient requester = requester()) {
            assertThat(requester.ask(since(now - 3600))).hasSize(1);
            assertThat(requester.ask(since(now + 3600))).isEmpty();
            assertThat(requester.ask(since(now - 7200).option(155, four(now - 3600))))
                    .isEmpty();
        }
    }

    private static ClientMessage since(long time) {
        return QueryClient.query(MessageType.BULKLEASEQUERY, 1).option(154, four(time));
    }

    private static byte[] four(long number) {
        return ByteBuffer.allocate(4).putInt((int) number).array();
    }

    @Test
    void aQueryThatCannotBeServedHearsWhyAndTheConnectionStays() throws IOException {
        try (QueryClient requester = requester()) {
            requester.send(QueryClient.query(MessageType.BULKLEASEQUERY, 1).ciaddr(Ipv4.parse("127.0.1.1")));
            assertThat(status(requester.receive())).isEqualTo(3);
            requester.send(QueryClient.query(MessageType.BULKLEASEQUERY, 2)
                    .mac(LoopbackClient.mac(1))
                    .option(61, (byte) 1));
            assertThat(status(requester.receive())).isEqualTo(3);
            requester.send(QueryClient.query(MessageType.BULKLEASEQUERY, 3).option(221, (byte) 0, (byte) 'v'));
            assertThat(status(requester.receive())).isEqualTo(4);
            assertThat(requester.ask(since(0))).hasSize(70);
        }
    }

    private static int status(DhcpPacket packet) {
        assertThat(packet).isNotNull();
        byte[] status = packet.options().get(151);
        assertThat(status).as("%s", packet).isNotNull();
        return status[0];
    }

    @Test
    void whatIsNoQueryEndsTheConnection() throws IOException {
        for (byte[] nonsense : List.of(
                new byte[] {0, 3, 1, 2, 3},
                new byte[] {(byte) 0xff, (byte) 0xff, 0},
                QueryClient.framed(client.message(MessageType.DISCOVER, 1)),
                QueryClient.framed(QueryClient.query(MessageType.LEASEQUERYDONE, 1)))) {
            try (QueryClient requester = requester()) {
                requester.sendBytes(nonsense);
                assertThat(requester.receive()).isNull();
            }
        }
    }

    @Test
    void strangersAndTheFourthOfThreeAreCutOff() throws IOException {
        try (QueryClient stranger = new QueryClient(tcpPort, 1);
                QueryClient second = requester();
                QueryClient third = requester();
                QueryClient fourth = requester()) {
            for (QueryClient served : List.of(stranger, second, third)) {
                assertThat(served.ask(since(1))).isEmpty();
            }
            assertThat(fourth.receive()).isNull();
        }
        reload(TWO_LINKS, "127.0.0.2", "insecure = true");
        try (QueryClient stranger = requester();
                QueryClient known = new QueryClient(tcpPort, 2)) {
            assertThat(stranger.receive()).isNull();
            assertThat(known.ask(since(1))).isEmpty();
        }
    }

    @Test
    void whoeverMisusesConnectionsLeavesNothingBehindAndDhcpGoesOn() throws IOException {
        try (QueryClient good = requester()) {
            assertThat(good.ask(since(1))).isEmpty();
        }
        Set<Thread> before = leasequeryThreads();
        for (int i = 0; i < 200; i++) {
            try (Socket bad = new Socket(InetAddress.getLoopbackAddress(), tcpPort)) {
                bad.setSoLinger(true, 0);
                bad.getOutputStream().write(MISUSES.get(i % MISUSES.size()));
            } catch (SocketException e) {
                // Cut off, or one too many.
            }
            if (i % 50 == 0) {
                client.lease(i);
            }
        }
        boolean served = false;
        for (int attempt = 0; attempt < 1000 && !served; attempt++) {
            try (QueryClient good = requester()) {
                good.send(since(1));
                served = good.receive() != null;
            } catch (SocketException e) {
                // The places of the bad ones are not free yet.
            }
        }
        assertThat(served).isTrue();
        assertThat(leasequeryThreads()).as("an earlier server may have had one").isSubsetOf(before);
        assertThat(client.lease(201)).isNotEqualTo(Ipv4.ANY);
    }

    private static Set<Thread> leasequeryThreads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().startsWith("leasequery"));
        return threads;
    }

    /** Half a message, none, one that is too long, noise, TLS out of the blue, many queries, an active one. */
    private static final List<byte[]> MISUSES = List.of(
            Arrays.copyOf(QueryClient.framed(QueryClient.query(MessageType.BULKLEASEQUERY, 1)), 99),
            new byte[] {0, 0},
            new byte[] {(byte) 0xff, (byte) 0xff, 1, 1, 6, 0},
            new byte[65_535],
            new byte[] {0x16, 3, 1, 0, (byte) 0xf8, 1, 0, 0, (byte) 0xf4, 3, 3},
            many(1000),
            QueryClient.framed(QueryClient.query(MessageType.ACTIVELEASEQUERY, 1)),
            QueryClient.framed(QueryClient.query(MessageType.TLS, 1)));

    private static byte[] many(int queries) {
        byte[] one = QueryClient.framed(QueryClient.query(MessageType.BULKLEASEQUERY, 1));
        ByteBuffer all = ByteBuffer.allocate(queries * one.length);
        for (int i = 0; i < queries; i++) {
            all.put(one);
        }
        return all.array();
    }

    @Test
    void oneWhoDoesNotReadHoldsUpNobodyAndGetsItAllInTheEnd() throws IOException {
        reload(TWO_LINKS.replace("127.5.1.20", "127.5.90.20"), "127.0.0.0/24", "insecure = true");
        try (QueryClient slow = requester();
                QueryClient other = requester()) {
            slow.send(QueryClient.query(MessageType.BULKLEASEQUERY, 1));
            assertThat(other.ask(since(1))).isEmpty();
            Ipv4 address = leaseOn("127.5.0.1", 1);
            assertThat(ask(byAddress(address)).type()).isEqualTo(MessageType.LEASEACTIVE);
            List<DhcpPacket> answers = slow.answers();
            assertThat(answers).extracting(DhcpPacket::ciaddr).doesNotHaveDuplicates();
            assertThat(answers).hasSizeGreaterThan(22_000);
        }
    }

    // --- active -------------------------------------------------------------------------------------------------

    @Test
    void changesAreToldAsTheyHappen() throws Exception {
        try (QueryClient requester = requester()) {
            requester.send(QueryClient.query(MessageType.ACTIVELEASEQUERY, 9));
            DhcpPacket first = requester.receive();
            assertThat(first.type()).isEqualTo(MessageType.LEASEQUERYSTATUS);
            assertThat(status(first)).isEqualTo(6);
            Ipv4 address = leaseOn("127.0.0.1", 1);
            DhcpPacket bound = requester.receive();
            assertThat(bound.type()).isEqualTo(MessageType.LEASEACTIVE);
            assertThat(bound.ciaddr()).isEqualTo(address);
            assertThat(bound.xid()).isEqualTo(9);
            assertThat(number(bound, 152)).isPositive();
            release(1, address);
            DhcpPacket released = requester.receive();
            assertThat(released.type()).isEqualTo(MessageType.LEASEUNASSIGNED);
            assertThat(released.ciaddr()).isEqualTo(address);
            assertThat(released.options().get(156)).containsExactly(4);
        }
    }

    @Test
    void whoWasAwayCatchesUpFirstAndThenFollows() throws IOException {
        Ipv4 before = leaseOn("127.0.0.1", 1);
        long start = TimeSource.system().epochSeconds() - 600;
        try (QueryClient requester = requester()) {
            requester.send(QueryClient.query(MessageType.ACTIVELEASEQUERY, 9).option(154, four(start)));
            assertThat(requester.receive().ciaddr()).isEqualTo(before);
            DhcpPacket complete = requester.receive();
            assertThat(complete.type()).isEqualTo(MessageType.LEASEQUERYSTATUS);
            assertThat(status(complete)).isEqualTo(7);
            Ipv4 after = leaseOn("127.0.0.1", 2);
            assertThat(requester.receive().ciaddr()).isEqualTo(after);
        }
    }

    @Test
    void aConnectionFollowsOnceAndMayAskBesides() throws IOException {
        leaseOn("127.0.0.1", 1);
        try (QueryClient requester = requester()) {
            requester.send(QueryClient.query(MessageType.ACTIVELEASEQUERY, 1));
            assertThat(status(requester.receive())).isEqualTo(6);
            requester.send(QueryClient.query(MessageType.ACTIVELEASEQUERY, 2));
            DhcpPacket refused = requester.receive();
            assertThat(refused.xid()).isEqualTo(2);
            assertThat(status(refused)).isEqualTo(4);
            assertThat(requester.ask(since(1))).hasSize(1);
        }
    }

    // --- TLS ----------------------------------------------------------------------------------------------------

    private static final String TLS = "tls_cert = \"%s\"\ntls_key = \"%s\"\ntls_ca = \"%s\"";

    private void secure() throws Exception {
        reload(
                TWO_LINKS,
                "127.0.0.0/24",
                TLS.formatted(
                        certificates.certificate("server"),
                        certificates.key("server"),
                        certificates.certificate("ca")));
    }

    @Test
    void queriesAreAnsweredInTlsToWhomTheAuthorityKnows() throws Exception {
        secure();
        leaseOn("127.0.0.1", 1);
        try (QueryClient requester = requester()) {
            requester.send(QueryClient.query(MessageType.TLS, 5));
            DhcpPacket accepted = requester.receive();
            assertThat(accepted.type()).isEqualTo(MessageType.TLS);
            assertThat(accepted.options().contains(151)).isFalse();
            requester.upgrade(certificates.client("requester"));
            assertThat(requester.ask(QueryClient.query(MessageType.BULKLEASEQUERY, 6)))
                    .hasSize(70);
            requester.send(QueryClient.query(MessageType.ACTIVELEASEQUERY, 7));
            assertThat(status(requester.receive())).isEqualTo(6);
            Ipv4 address = leaseOn("127.0.0.1", 2);
            assertThat(requester.receive().ciaddr()).isEqualTo(address);
        }
    }

    @Test
    void aCertificateThatTheAuthorityDidNotSignOpensNothing() throws Exception {
        secure();
        try (QueryClient requester = requester()) {
            requester.send(QueryClient.query(MessageType.TLS, 5));
            requester.receive();
            assertThatThrownBy(() -> {
                        requester.upgrade(certificates.client("stranger"));
                        requester.ask(QueryClient.query(MessageType.BULKLEASEQUERY, 6));
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void withTlsAloneNothingElseIsListenedTo() throws Exception {
        secure();
        try (QueryClient requester = requester()) {
            requester.send(QueryClient.query(MessageType.BULKLEASEQUERY, 1));
            assertThat(requester.receive()).isNull();
        }
        byte[] begin = QueryClient.framed(QueryClient.query(MessageType.TLS, 5));
        byte[] smuggled = QueryClient.framed(QueryClient.query(MessageType.BULKLEASEQUERY, 6));
        try (QueryClient requester = requester()) {
            requester.sendBytes(ByteBuffer.allocate(begin.length + smuggled.length)
                    .put(begin)
                    .put(smuggled)
                    .array());
            DhcpPacket answer = requester.receive();
            assertThat(answer == null || answer.type() == MessageType.TLS).isTrue();
            assertThat(answer == null ? null : requester.receive()).isNull();
        }
    }

    @Test
    void withoutCertificatesTlsIsRefusedAndTheRequesterMayGoOn() throws IOException {
        try (QueryClient requester = requester()) {
            requester.send(QueryClient.query(MessageType.TLS, 5));
            DhcpPacket refused = requester.receive();
            assertThat(refused.type()).isEqualTo(MessageType.TLS);
            assertThat(status(refused)).isEqualTo(8);
            assertThat(requester.ask(QueryClient.query(MessageType.BULKLEASEQUERY, 6)))
                    .hasSize(70);
        }
    }
}
