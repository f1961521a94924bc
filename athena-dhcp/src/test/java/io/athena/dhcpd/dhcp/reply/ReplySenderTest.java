package io.athena.dhcpd.dhcp.reply;

import static io.athena.dhcpd.dhcp.wire.PacketFixtures.CLIENT_MAC;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.received;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.subnet.BootHeader;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import io.athena.dhcpd.dhcp.wire.Reply;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplySenderTest {

    private static final Ipv4 YIADDR = Ipv4.parse("10.0.0.50");

    private final Meters meters = new Meters();
    private final Recorder outlet = new Recorder();

    @Test
    void aRelayAgentIsAnsweredOnPort67OrTheOneItNamed() {
        sender(67, 68).send(offer(), new Destination.ToRelay(Ipv4.parse("10.1.0.1"), 67), outlet);
        sender(67, 68).send(offer(), new Destination.ToRelay(Ipv4.parse("10.1.0.1"), 4067), outlet);

        assertThat(outlet.sent).containsExactly("udp 10.1.0.1:67", "udp 10.1.0.1:4067");
    }

    @Test
    void relayAgentsOfAServerOnAnotherPortListenThereToo() {
        sender(6767, 6768).send(offer(), new Destination.ToRelay(Ipv4.parse("10.1.0.1"), 67), outlet);

        assertThat(outlet.sent).containsExactly("udp 10.1.0.1:6767");
    }

    @Test
    void clientsAreAnsweredOnTheirPort() {
        sender(67, 68).send(offer(), new Destination.UnicastIp(YIADDR), outlet);
        sender(67, 68).send(offer(), new Destination.Broadcast(), outlet);
        sender(67, 68).send(offer(), new Destination.LinkUnicast(CLIENT_MAC, YIADDR), outlet);

        assertThat(outlet.sent)
                .containsExactly("udp 10.0.0.50:68", "udp 255.255.255.255:68", "frame 00:0b:82:01:fc:42 10.0.0.50:68");
        assertThat(meters.counter(DhcpMeter.PACKETS_SENT, "offer").sum()).isEqualTo(3);
    }

    @Test
    void whereFramesCannotBeSentTheReplyGoesToEverybody() {
        outlet.sendsFrames = false;

        sender(67, 68).send(offer(), new Destination.LinkUnicast(CLIENT_MAC, YIADDR), outlet);

        assertThat(outlet.sent).containsExactly("udp 255.255.255.255:68");
    }

    private ReplySender sender(int serverPort, int clientPort) {
        return new ReplySender(serverPort, clientPort, meters);
    }

    private static Reply offer() {
        DhcpPacket discover = received(ClientMessage.of(MessageType.DISCOVER, 5, CLIENT_MAC));
        return Replies.of(MessageType.OFFER, discover, YIADDR, BootHeader.NONE, OptionSet.EMPTY, 1500);
    }

    /** Writes down where replies went, and checks that they can be decoded. */
    private static final class Recorder implements Outlet {
        private final List<String> sent = new ArrayList<>();
        private boolean sendsFrames = true;

        @Override
        public void sendDatagram(ByteBuf payload, Ipv4 to, int port) {
            sent.add("udp " + to + ":" + port);
            take(payload);
        }

        @Override
        public boolean sendFrame(ByteBuf payload, MacAddress toMac, Ipv4 to, int port) {
            if (sendsFrames) {
                sent.add("frame " + toMac + " " + to + ":" + port);
                take(payload);
            }
            return sendsFrames;
        }

        private static void take(ByteBuf payload) {
            byte[] bytes = new byte[payload.readableBytes()];
            payload.readBytes(bytes);
            payload.release();
            assertThat(((DhcpPacket) PacketDecoder.decodeReply(bytes)).yiaddr()).isEqualTo(YIADDR);
        }
    }
}
