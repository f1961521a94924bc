package io.athena.dhcpd.dhcp.listen;

import static io.athena.dhcpd.dhcp.wire.PacketFixtures.CLIENT_MAC;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.link.FrameSocket;
import io.athena.dhcpd.core.link.InterfaceState;
import io.athena.dhcpd.core.link.LocalAddress;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.time.TimeSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The way of a reply from a served interface to its sockets. */
class ReplyQueueTest {

    private static final Ipv4 CLIENT = Ipv4.parse("10.0.0.50");

    private final Meters meters = new Meters();
    private final SendErrors errors = new SendErrors(meters, new LogBudget(TimeSource.system(), 0));
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<byte[]> frames = new ArrayList<>();
    private final ServedInterface served =
            new ServedInterface("eth9", new ListenSettings(List.of("eth9"), 67, 68, null), errors);

    @Test
    void datagramsOfOneTurnLeaveTogether() {
        connect(null);
        ByteBuf first = payload(300);
        ByteBuf second = payload(300);

        served.sendDatagram(first, CLIENT, 68);
        served.sendDatagram(second, Ipv4.BROADCAST, 68);
        assertThat(channel.outboundMessages())
                .as("before the event loop's turn")
                .isEmpty();
        channel.runPendingTasks();

        DatagramPacket sent = channel.readOutbound();
        assertThat(sent.recipient().toString()).isEqualTo("/10.0.0.50:68");
        assertThat(sent.content()).isSameAs(first);
        assertThat(channel.<DatagramPacket>readOutbound().content()).isSameAs(second);
    }

    @Test
    void aFrameCarriesTheInterfacesAddressesAndThePayload() {
        connect(new RecordingSocket());
        ByteBuf payload = payload(300);

        assertThat(served.sendFrame(payload, CLIENT_MAC, CLIENT, 68)).isTrue();
        channel.runPendingTasks();

        assertThat(payload.refCnt()).isZero();
        byte[] frame = frames.get(0);
        assertThat(frame).hasSize(342);
        assertThat(Arrays.copyOf(frame, 6)).isEqualTo(CLIENT_MAC.toBytes());
        assertThat(Arrays.copyOfRange(frame, 6, 12)).containsExactly(2, 0, 0, 0, 0, 9);
        assertThat(Ipv4.of(frame, 26)).isEqualTo(Ipv4.parse("10.0.0.1"));
        assertThat(Ipv4.of(frame, 30)).isEqualTo(CLIENT);
        assertThat(Arrays.copyOfRange(frame, 34, 38)).containsExactly(0, 67, 0, 68);
        assertThat(Arrays.copyOfRange(frame, 42, 342)).containsOnly(7);
    }

    @Test
    void noFrameIsPromisedThatCannotBeSent() {
        ByteBuf payload = payload(300);
        assertThat(served.sendFrame(payload, CLIENT_MAC, CLIENT, 68))
                .as("no socket")
                .isFalse();

        connect(null);
        assertThat(served.sendFrame(payload, CLIENT_MAC, CLIENT, 68))
                .as("no privilege")
                .isFalse();

        connect(new RecordingSocket());
        served.update(InterfaceState.ABSENT);
        assertThat(served.sendFrame(payload, CLIENT_MAC, CLIENT, 68))
                .as("no address")
                .isFalse();

        connect(new RecordingSocket());
        ByteBuf large = payload(1480);
        assertThat(served.sendFrame(large, CLIENT_MAC, CLIENT, 68))
                .as("above the MTU")
                .isFalse();

        assertThat(payload.refCnt()).isEqualTo(1);
        assertThat(large.refCnt()).isEqualTo(1);
    }

    @Test
    void whatCannotBeSentIsCountedAndReleased() {
        ByteBuf early = payload(300);
        served.sendDatagram(early, CLIENT, 68);
        connect(new RecordingSocket());
        ByteBuf late = payload(300);
        channel.close();
        served.sendDatagram(late, CLIENT, 68);
        channel.runPendingTasks();

        assertThat(early.refCnt()).isZero();
        assertThat(late.refCnt()).isZero();
        assertThat(meters.counter(DhcpMeter.SEND_ERRORS, "udp").sum()).isEqualTo(2);
    }

    @Test
    void aClosedQueueGivesItsSocketBackAndRefusesWhatComesLater() {
        RecordingSocket socket = new RecordingSocket();
        ReplyQueue queue = connect(socket);
        queue.close();
        channel.runPendingTasks();
        assertThat(socket.closed).isTrue();

        ByteBuf late = payload(300);
        served.sendDatagram(late, CLIENT, 68);
        channel.runPendingTasks();

        assertThat(late.refCnt()).isZero();
        assertThat(meters.counter(DhcpMeter.SEND_ERRORS, "udp").sum()).isEqualTo(1);
    }

    private ReplyQueue connect(@Nullable FrameSocket socket) {
        served.update(new InterfaceState(
                9,
                MacAddress.parse("02:00:00:00:00:09"),
                List.of(new LocalAddress(Ipv4.parse("10.0.0.1"), Cidr.parse("10.0.0.0/24"))),
                1500,
                true,
                false));
        ReplyQueue queue = new ReplyQueue("eth9", channel, socket, errors);
        served.connect(queue);
        return queue;
    }

    private static ByteBuf payload(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 7);
        return Unpooled.wrappedBuffer(bytes);
    }

    private final class RecordingSocket implements FrameSocket {
        private boolean closed;

        @Override
        public void send(byte[] frame, int length) {
            frames.add(Arrays.copyOf(frame, length));
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
