package io.athena.dhcpd.dhcp.reply;

import static io.athena.dhcpd.dhcp.wire.PacketFixtures.CLIENT_MAC;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.received;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.Header;
import io.athena.dhcpd.dhcp.wire.RelayAgentInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyRouteTest {

    private static final Ipv4 YIADDR = Ipv4.parse("10.0.0.50");

    /** flag: b = broadcast. Reply to the request of a client with these header fields, from this source. */
    @ParameterizedTest(name = "{0} for {1}: flag {2}, ciaddr {3}, giaddr {4}, from {5}: {6}")
    @CsvSource({
        "OFFER, DISCOVER, -, 0.0.0.0,    0.0.0.0,  0.0.0.0,    link",
        "OFFER, DISCOVER, b, 0.0.0.0,    0.0.0.0,  0.0.0.0,    broadcast",
        "OFFER, DISCOVER, -, 0.0.0.0,    10.1.0.1, 10.1.0.1,   relay 10.1.0.1:67",
        "OFFER, DISCOVER, b, 0.0.0.0,    10.1.0.1, 10.9.0.1,   relay 10.1.0.1:67",
        "OFFER, DISCOVER, -, 0.0.0.0,    0.0.0.0,  127.0.0.1,  unicast 127.0.0.1",
        "ACK,   DISCOVER, -, 0.0.0.0,    0.0.0.0,  0.0.0.0,    link",
        "ACK,   REQUEST,  -, 0.0.0.0,    0.0.0.0,  0.0.0.0,    link",
        "ACK,   REQUEST,  b, 0.0.0.0,    0.0.0.0,  0.0.0.0,    broadcast",
        "ACK,   REQUEST,  -, 10.0.0.50,  0.0.0.0,  10.0.0.50,  unicast 10.0.0.50",
        "ACK,   REQUEST,  b, 10.0.0.50,  0.0.0.0,  10.0.0.50,  unicast 10.0.0.50",
        "ACK,   REQUEST,  -, 10.0.0.50,  10.1.0.1, 10.1.0.1,   relay 10.1.0.1:67",
        "ACK,   REQUEST,  -, 224.0.0.1,  0.0.0.0,  10.0.0.50,  link",
        "NAK,   REQUEST,  -, 0.0.0.0,    0.0.0.0,  0.0.0.0,    broadcast",
        "NAK,   REQUEST,  -, 10.0.0.50,  0.0.0.0,  10.0.0.50,  broadcast",
        "NAK,   REQUEST,  -, 0.0.0.0,    10.1.0.1, 10.1.0.1,   relay 10.1.0.1:67",
        "ACK,   INFORM,   -, 10.0.0.9,   0.0.0.0,  10.0.0.9,   unicast 10.0.0.9",
        "ACK,   INFORM,   b, 10.0.0.9,   10.1.0.1, 10.1.0.1,   unicast 10.0.0.9",
        "ACK,   INFORM,   -, 0.0.0.0,    0.0.0.0,  10.0.0.9,   unicast 10.0.0.9",
        "ACK,   INFORM,   -, 0.0.0.0,    10.1.0.1, 10.1.0.1,   relay 10.1.0.1:67",
        "ACK,   INFORM,   -, 0.0.0.0,    0.0.0.0,  0.0.0.0,    broadcast",
        "BOOTP, BOOTP,    -, 0.0.0.0,    0.0.0.0,  0.0.0.0,    link",
        "BOOTP, BOOTP,    b, 0.0.0.0,    0.0.0.0,  0.0.0.0,    broadcast",
        "BOOTP, BOOTP,    -, 10.0.0.50,  0.0.0.0,  10.0.0.50,  unicast 10.0.0.50",
        "BOOTP, BOOTP,    -, 0.0.0.0,    10.1.0.1, 10.1.0.1,   relay 10.1.0.1:67",
    })
    void aReplyGoesWhereRfc2131Says(
            MessageType reply, MessageType request, char flag, String ciaddr, String giaddr, String from, String way) {
        DhcpPacket packet = received(ClientMessage.of(request, 1, CLIENT_MAC)
                .broadcast(flag == 'b')
                .ciaddr(Ipv4.parse(ciaddr))
                .giaddr(Ipv4.parse(giaddr)));
        Ipv4 yiaddr = reply == MessageType.NAK || request == MessageType.INFORM ? Ipv4.ANY : YIADDR;
        RelayInfo relay = RelayAgentInfo.parse(null, packet.giaddr(), 4067);

        assertThat(text(ReplyRoute.of(reply, packet, Ipv4.parse(from), yiaddr, relay)))
                .isEqualTo(way);
    }

    @Test
    void aRelayAgentThatAsksForItIsAnsweredOnItsSourcePort() {
        DhcpPacket packet = received(ClientMessage.of(MessageType.DISCOVER, 1, CLIENT_MAC)
                .giaddr(Ipv4.parse("10.1.0.1"))
                .option(82, (byte) 19, (byte) 0));
        RelayInfo relay = RelayAgentInfo.parse(packet.options().get(82), packet.giaddr(), 4067);

        assertThat(ReplyRoute.of(MessageType.OFFER, packet, packet.giaddr(), YIADDR, relay))
                .isEqualTo(new Destination.ToRelay(Ipv4.parse("10.1.0.1"), 4067));
    }

    @Test
    void aClientThatNoFrameCanReachIsAnsweredByBroadcast() {
        DhcpPacket tokenRing =
                received(ClientMessage.of(MessageType.DISCOVER, 1, MacAddress.parse("6/02:00:00:00:00:01")));
        DhcpPacket infiniband =
                received(ClientMessage.of(MessageType.DISCOVER, 1, null).option(61, (byte) 0, (byte) 1));

        for (DhcpPacket packet : new DhcpPacket[] {tokenRing, infiniband}) {
            assertThat(ReplyRoute.of(MessageType.OFFER, packet, Ipv4.ANY, YIADDR, RelayInfo.NONE))
                    .isEqualTo(new Destination.Broadcast());
        }
    }

    @Test
    void aNakThroughARelayAgentHasTheBroadcastBitAndOtherRepliesTheClientsFlags() {
        DhcpPacket relayed =
                received(ClientMessage.of(MessageType.REQUEST, 1, CLIENT_MAC).giaddr(Ipv4.parse("10.1.0.1")));
        DhcpPacket direct = received(ClientMessage.of(MessageType.REQUEST, 1, CLIENT_MAC));

        assertThat(ReplyRoute.flags(MessageType.NAK, relayed)).isEqualTo(Header.BROADCAST_FLAG);
        assertThat(ReplyRoute.flags(MessageType.ACK, relayed)).isZero();
        assertThat(ReplyRoute.flags(MessageType.NAK, direct)).isZero();
    }

    private static String text(Destination destination) {
        if (destination instanceof Destination.ToRelay relay) {
            return "relay " + relay.giaddr() + ":" + relay.port();
        }
        if (destination instanceof Destination.UnicastIp unicast) {
            return "unicast " + unicast.address();
        }
        if (destination instanceof Destination.LinkUnicast link) {
            assertThat(link).isEqualTo(new Destination.LinkUnicast(CLIENT_MAC, YIADDR));
            return "link";
        }
        return "broadcast";
    }
}
