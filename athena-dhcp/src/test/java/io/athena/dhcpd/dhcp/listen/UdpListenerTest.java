package io.athena.dhcpd.dhcp.listen;

import static io.athena.dhcpd.dhcp.wire.PacketFixtures.CLIENT_MAC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.link.FrameSockets;
import io.athena.dhcpd.core.link.InterfaceState;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.subnet.BootHeader;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.FreePorts;
import io.athena.dhcpd.dhcp.reply.Replies;
import io.athena.dhcpd.dhcp.reply.ReplyRoute;
import io.athena.dhcpd.dhcp.reply.ReplySender;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The listener on the loopback interface, with real sockets. */
class UdpListenerTest {

    private static final Ipv4 YIADDR = Ipv4.parse("127.0.0.50");
    private static final FrameSockets NO_FRAMES = name -> {
        throw new AssertionError("no frames on loopback");
    };

    private final Meters meters = new Meters();
    private final ExecutorService lane = Executors.newSingleThreadExecutor();
    private DatagramSocket client;
    private ReplySender sender;
    private ListenSettings settings;

    @BeforeEach
    void openClient() throws IOException {
        client = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client.setSoTimeout(60_000);
        settings = new ListenSettings(List.of("lo"), FreePorts.udp(), client.getLocalPort(), null);
        sender = new ReplySender(settings.port(), settings.clientPort(), meters);
    }

    @AfterEach
    void closeClient() {
        lane.shutdownNow();
        client.close();
    }

    @ParameterizedTest(name = "epoll {0}")
    @ValueSource(booleans = {true, false})
    void everyDiscoverOfABurstIsAnsweredFromAnotherThread(boolean epoll) throws IOException {
        try (UdpListener listener = listener(epoll, this::offer)) {
            listener.start();
            assertThat(listener.interfaces().get(0).isBound()).isTrue();
            Set<Integer> xids = new HashSet<>();
            for (int xid = 1; xid <= 50; xid++) {
                send(discover(xid));
                xids.add(xid);
            }
            for (int i = 0; i < 50; i++) {
                DhcpPacket offer = receive();
                assertThat(offer.type()).isEqualTo(MessageType.OFFER);
                assertThat(xids.remove(offer.xid())).isTrue();
            }
        }
        assertThat(meters.counter(DhcpMeter.PACKETS_RECEIVED, "discover").sum()).isEqualTo(50);
        assertThat(meters.counter(DhcpMeter.PACKETS_SENT, "offer").sum()).isEqualTo(50);
    }

    @ParameterizedTest(name = "epoll {0}")
    @ValueSource(booleans = {true, false})
    void malformedPacketsAreCountedAndAGoodClientIsServedNext(boolean epoll) throws IOException {
        try (UdpListener listener = listener(epoll, this::offer)) {
            listener.start();
            byte[] discover = discover(9);
            send(new byte[0]);
            send(new byte[1]);
            send(Arrays.copyOf(discover, 239));
            send(Arrays.copyOf(discover, 9000));
            byte[] badCookie = discover.clone();
            badCookie[236] = 0;
            send(badCookie);
            send(discover);

            assertThat(receive().xid()).isEqualTo(9);
        }
        assertThat(dropped("too_short")).isEqualTo(3);
        assertThat(dropped("too_long")).isEqualTo(1);
        assertThat(dropped("bad_cookie")).isEqualTo(1);
    }

    @Test
    void aFaultInTheHandlerCostsOnePacketAndNotTheSocket() throws IOException {
        PacketHandler faulty = (packet, source, port, on) -> {
            if (packet.xid() == 1) {
                throw new IllegalStateException("a bug");
            }
            offer(packet, source, port, on);
        };
        try (UdpListener listener = listener(true, faulty)) {
            listener.start();
            send(discover(1));
            send(discover(2));

            assertThat(receive().xid()).isEqualTo(2);
        }
        assertThat(dropped("internal_error")).isEqualTo(1);
    }

    @Test
    void aPortThatAnotherProgramHasIsNamedWithTheCure() throws IOException {
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress("0.0.0.0", settings.port()));
                UdpListener listener = listener(true, this::offer)) {
            assertThatExceptionOfType(ListenException.class)
                    .isThrownBy(listener::start)
                    .withMessageContaining("UDP port " + other.getLocalPort() + " of lo")
                    .withMessageContaining("another program has it");
        }
    }

    @Test
    void aRestartedListenerGetsItsPortBackAtOnce() throws IOException {
        for (int round = 1; round <= 2; round++) {
            try (UdpListener listener = listener(true, this::offer)) {
                listener.start();
                send(discover(round));
                assertThat(receive().xid()).isEqualTo(round);
            }
        }
    }

    @Test
    void afterReceivingHasStoppedRepliesStillLeave() throws IOException {
        try (UdpListener listener = listener(true, this::offer)) {
            listener.start();
            ServedInterface lo = listener.interfaces().get(0);
            listener.stopReceiving();

            offer((DhcpPacket) PacketDecoder.decode(discover(3)), Ipv4.parse("127.0.0.1"), 0, lo);

            assertThat(receive().xid()).isEqualTo(3);
        }
    }

    @ParameterizedTest(name = "epoll {0}")
    @ValueSource(booleans = {true, false})
    void closingSendsTheRepliesThatWait(boolean epoll) throws IOException {
        UdpListener listener = listener(epoll, this::offer);
        listener.start();
        ServedInterface lo = listener.interfaces().get(0);
        DhcpPacket discover = (DhcpPacket) PacketDecoder.decode(discover(4));
        for (int i = 0; i < 20; i++) {
            sender.send(
                    Replies.of(MessageType.OFFER, discover, YIADDR, BootHeader.NONE, OptionSet.EMPTY, 1500),
                    ReplyRoute.of(MessageType.OFFER, discover, Ipv4.parse("127.0.0.1"), YIADDR, RelayInfo.NONE),
                    lo);
        }
        listener.close();
        listener.close();

        for (int i = 0; i < 20; i++) {
            assertThat(receive().xid()).isEqualTo(4);
        }
        assertThat(lo.isBound()).isFalse();
    }

    private UdpListener listener(boolean epoll, PacketHandler handler) {
        return new UdpListener(settings, handler, NO_FRAMES, meters, TimeSource.system(), InterfaceState::look, epoll);
    }

    private void offer(DhcpPacket packet, Ipv4 source, int port, ServedInterface on) {
        lane.execute(() -> sender.send(
                Replies.of(MessageType.OFFER, packet, YIADDR, BootHeader.NONE, OptionSet.EMPTY, 1500),
                ReplyRoute.of(MessageType.OFFER, packet, source, YIADDR, RelayInfo.NONE),
                on));
    }

    private static byte[] discover(int xid) {
        return ClientMessage.of(MessageType.DISCOVER, xid, CLIENT_MAC).toBytes();
    }

    private void send(byte[] bytes) throws IOException {
        client.send(new DatagramPacket(
                bytes, bytes.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port())));
    }

    private DhcpPacket receive() throws IOException {
        DatagramPacket reply = new DatagramPacket(new byte[1500], 1500);
        client.receive(reply);
        assertThat(reply.getPort()).isEqualTo(settings.port());
        return (DhcpPacket) PacketDecoder.decodeReply(Arrays.copyOf(reply.getData(), reply.getLength()));
    }

    private long dropped(String reason) {
        return meters.counter(DhcpMeter.PACKETS_DROPPED, reason).sum();
    }
}
