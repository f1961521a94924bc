package io.athena.dhcpd.dhcp.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.path.LinkDirectory;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One connection, its clock in the hands of the test: who is silent, slow, greedy or no requester at all. */
class QueryConnectionTest {

    private static final QueryTimes TIMES =
            new QueryTimes(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(2));
    private static final Ipv4 SERVER = Ipv4.parse("10.0.0.1");
    private static final int OPTION_221 = 221;

    private final LeaseFeed feed = new LeaseFeed();
    private EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void connect() {
        connect(null);
    }

    private void connect(@Nullable SslContext tls) {
        channel.freezeTime();
        LinkDirectory nothing = new LinkDirectory(TopologyCompiler.compile(config(), Set.of()), List.of());
        TimeSource time = TimeSource.system();
        QueryConnection.Service service =
                new QueryConnection.Service(() -> nothing, feed, time, TIMES, tls, true, true, new ConnectionLog(time));
        QueryOutput out = new QueryOutput(channel, SERVER, new Meters());
        channel.pipeline().addFirst(QueryConnection.NAME, new QueryConnection(service, out));
    }

    private static AthenaConfig config() {
        String toml = """
                [server]
                interface = "lo"
                lease_db = "unused"
                [[subnet]]
                network = "10.0.0.0/24"
                """;
        ConfigResult result = TomlConfig.parse(toml, Path.of("config.toml"), List.of(), StandardOptions.registry());
        assertThat(result.config()).as("%s", result.problems()).isNotNull();
        return result.config();
    }

    @AfterEach
    void noBufferIsLost() {
        channel.finishAndReleaseAll();
        channel.checkException();
    }

    private void send(byte[] bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    }

    private static ClientMessage query(MessageType type, int xid) {
        return ClientMessage.of(type, xid, null);
    }

    private static byte[] framed(ClientMessage message) {
        byte[] bytes = message.toBytes();
        ByteBuf frame = Unpooled.buffer().writeShort(bytes.length).writeBytes(bytes);
        return ByteBufUtil.getBytes(frame);
    }

    private void pass(long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runPendingTasks();
    }

    /** As when the peer has stopped to read, or reads again. */
    private void reads(boolean reads) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, reads);
        channel.runPendingTasks();
    }

    private List<DhcpPacket> received() {
        List<DhcpPacket> all = new ArrayList<>();
        ByteBuf frame = channel.readOutbound();
        while (frame != null) {
            byte[] message = ByteBufUtil.getBytes(frame, Short.BYTES, frame.getUnsignedShort(0));
            all.add((DhcpPacket) PacketDecoder.decodeReply(message));
            frame.release();
            frame = channel.readOutbound();
        }
        return all;
    }

    private static String said(DhcpPacket packet) {
        byte[] status = packet.options().get(151);
        return packet.type() + (status == null ? "" : " " + status[0]);
    }

    private void follow() {
        send(framed(query(MessageType.ACTIVELEASEQUERY, 9)));
        assertThat(received()).extracting(QueryConnectionTest::said).containsExactly("LEASEQUERYSTATUS 6");
    }

    // --- bytes that are no query --------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "0000, an empty message",
        "ffff, more than any message has",
        "1001, a byte more than any message has",
        "000401010600, half a header",
        "474554202f20485454502f312e310d0a0d0a, GET / HTTP/1.1",
        "16030100f8010000f40303, TLS without DHCPTLS"
    })
    void whatIsNoQueryEndsTheConnectionUnanswered(String hex, String what) {
        byte[] head = HexFormat.of().parseHex(hex);
        send(Arrays.copyOf(head, head.length + 0x4745));
        channel.runPendingTasks();
        assertThat(channel.isOpen()).as(what).isFalse();
        assertThat(received()).isEmpty();
    }

    @Test
    void halfAMessageAndSilenceIsNotWaitedFor() {
        byte[] whole = framed(query(MessageType.BULKLEASEQUERY, 1));
        send(Arrays.copyOf(whole, whole.length / 2));
        pass(29);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aConnectionThatIsGoneLeavesNothingBehindToWaitFor() {
        send(new byte[] {0, 0});
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.runScheduledPendingTasks()).as("no task is left").isEqualTo(-1);
    }

    // --- time ---------------------------------------------------------------------------------------------------

    @Test
    void whoAsksNothingMoreIsLetGo() {
        send(framed(query(MessageType.BULKLEASEQUERY, 1)));
        assertThat(received()).extracting(QueryConnectionTest::said).containsExactly("LEASEQUERYDONE");
        pass(299);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void bytesThatMakeNoMessageDoNotKeepAConnection() {
        send(framed(query(MessageType.BULKLEASEQUERY, 1)));
        byte[] next = framed(query(MessageType.BULKLEASEQUERY, 2));
        for (int second = 0; second < 300; second++) {
            if (second % 100 == 99) {
                send(new byte[] {next[second / 100]});
            }
            pass(1);
        }
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void eachQueryBuysTimeForTheNext() {
        for (int xid = 1; xid <= 3; xid++) {
            send(framed(query(MessageType.BULKLEASEQUERY, xid)));
            pass(299);
        }
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void whoFollowsHearsEachQuietMinuteThatTheConnectionLives() {
        follow();
        pass(59);
        assertThat(received()).isEmpty();
        pass(1);
        assertThat(received()).extracting(QueryConnectionTest::said).containsExactly("LEASEQUERYSTATUS 6");
        for (int minute = 0; minute < 10; minute++) {
            pass(60);
        }
        assertThat(received()).hasSize(10);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void whoDoesNotReadForTwoMinutesIsGivenUp() {
        follow();
        reads(false);
        pass(119);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void whoReadsAgainInTimeStays() {
        follow();
        reads(false);
        pass(119);
        reads(true);
        pass(119);
        assertThat(channel.isOpen()).isTrue();
    }

    // --- TLS ----------------------------------------------------------------------------------------------------

    /** Keys are of no use in a handshake that does not begin. */
    private void beginTls() throws GeneralSecurityException, IOException {
        KeyManagerFactory none = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        none.init(null, null);
        channel.finishAndReleaseAll();
        channel = new EmbeddedChannel();
        connect(SslContextBuilder.forServer(none).sslProvider(SslProvider.JDK).build());
        send(framed(query(MessageType.TLS, 1)));
        assertThat(received()).extracting(QueryConnectionTest::said).containsExactly("TLS");
    }

    @Test
    void aHandshakeThatNeverEndsIsNotWaitedFor() throws Exception {
        beginTls();
        send(new byte[] {0x16, 3, 1, 0, (byte) 0xf8});
        pass(30);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aQueryInTheClearDoesNotPassForTls() throws Exception {
        beginTls();
        try {
            send(framed(query(MessageType.BULKLEASEQUERY, 1)));
        } catch (DecoderException e) {
            // As it is: no TLS record begins like that.
        }
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        ByteBuf alert = channel.readOutbound();
        while (alert != null) {
            assertThat(ByteBufUtil.hexDump(alert)).as("nothing, or a TLS alert").matches("(15.*)?");
            alert.release();
            alert = channel.readOutbound();
        }
    }

    // --- greed --------------------------------------------------------------------------------------------------

    @Test
    void nothingIsReadFromWhoDoesNotListenToItsRefusals() {
        send(framed(query(MessageType.BULKLEASEQUERY, 1).option(OPTION_221, new byte[] {0, 'v'})));
        assertThat(received()).extracting(QueryConnectionTest::said).containsExactly("LEASEQUERYDONE 4");
        assertThat(channel.config().isAutoRead()).isTrue();
        reads(false);
        assertThat(channel.config().isAutoRead()).isFalse();
        reads(true);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void thousandsOfQueriesInOneGoAreAnsweredOneAfterTheOther() {
        ByteBuf all = Unpooled.buffer();
        for (int xid = 1; xid <= 3000; xid++) {
            all.writeBytes(framed(query(MessageType.BULKLEASEQUERY, xid)));
        }
        channel.writeInbound(all);
        List<DhcpPacket> answers = received();
        assertThat(answers).hasSize(3000);
        assertThat(answers.get(2999).xid()).isEqualTo(3000);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void whoMissesMoreChangesThanAreKeptHearsSoAndIsLetGo() {
        follow();
        reads(false);
        for (int i = 0; i < 4096; i++) {
            feed.changed(lease());
        }
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        assertThat(received()).isEmpty();
        feed.changed(lease());
        channel.runPendingTasks();
        assertThat(received())
                .extracting(QueryConnectionTest::said)
                .containsExactly("LEASEQUERYSTATUS 5", "LEASEQUERYDONE 2");
        assertThat(channel.isOpen()).isFalse();
        feed.changed(lease());
        channel.runPendingTasks();
        assertThat(received()).isEmpty();
    }

    @Test
    void aChangeForAConnectionWhoseLoopHasEndedHarmsNoClient() {
        MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
        LocalChannel ended = new LocalChannel();
        loop.register(ended).syncUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        List<String> done = new ArrayList<>();
        new QueryOutput(ended, SERVER, new Meters()).execute(() -> done.add("done"));
        assertThat(done).isEmpty();
    }

    // --- catching up --------------------------------------------------------------------------------------------

    @Test
    void theBeginningOfTimeIsATimeToCatchUpFrom() {
        send(framed(query(MessageType.ACTIVELEASEQUERY, 9).option(154, new byte[] {0, 0, 0, 0})));
        assertThat(received()).extracting(QueryConnectionTest::said).containsExactly("LEASEQUERYSTATUS 7");
    }

    private static Lease lease() {
        MacAddress mac = MacAddress.parse("02:00:00:00:00:07");
        return new Lease(
                Ipv4.parse("10.0.0.100"),
                LeaseState.ACTIVE,
                ClientKey.ofHardware(mac),
                mac,
                null,
                null,
                null,
                1_800_000_000L,
                1_800_003_600L,
                Cidr.parse("10.0.0.0/24"),
                null,
                SERVER,
                null,
                null,
                null,
                null,
                1_800_000_000L,
                1_800_000_000L,
                null);
    }
}
