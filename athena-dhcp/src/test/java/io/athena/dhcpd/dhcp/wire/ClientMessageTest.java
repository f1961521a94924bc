package io.athena.dhcpd.dhcp.wire;

import static io.athena.dhcpd.dhcp.wire.PacketFixtures.CLIENT_MAC;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.hex;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.received;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import org.junit.jupiter.api.Test;

class ClientMessageTest {

    @Test
    void theServerReadsWhatTheClientWrote() {
        Ipv4 giaddr = Ipv4.parse("10.1.0.1");
        ClientMessage message = ClientMessage.of(MessageType.REQUEST, 7, CLIENT_MAC)
                .broadcast(true)
                .hops(1)
                .secs(3)
                .giaddr(giaddr)
                .ciaddr(Ipv4.parse("10.1.0.9"))
                .option(50, Ipv4.parse("10.1.0.8"))
                .option(82, hex("01 01 05"))
                .ask(1, 3, 121, 249);

        DhcpPacket packet = received(message);

        assertThat(packet.type()).isEqualTo(MessageType.REQUEST);
        assertThat(packet.xid()).isEqualTo(7);
        assertThat(packet.chaddr()).isEqualTo(CLIENT_MAC);
        assertThat(packet.broadcast()).isTrue();
        assertThat(packet.hops()).isEqualTo(1);
        assertThat(packet.secs()).isEqualTo(3);
        assertThat(packet.giaddr()).isEqualTo(giaddr);
        assertThat(packet.ciaddr()).isEqualTo(Ipv4.parse("10.1.0.9"));
        assertThat(packet.requestedAddress()).isEqualTo(Ipv4.parse("10.1.0.8"));
        assertThat(packet.parameterRequestList()).isEqualTo(hex("010379f9"));
        assertThat(message.toBytes()).hasSize(300);
    }

    @Test
    void oneMessageServesForManyClients() {
        ClientMessage message = ClientMessage.of(MessageType.DISCOVER, 1, CLIENT_MAC);
        MacAddress other = MacAddress.parse("02:00:00:00:00:01");

        DhcpPacket packet = received(message.xid(2).mac(other).broadcast(false));

        assertThat(packet.xid()).isEqualTo(2);
        assertThat(packet.chaddr()).isEqualTo(other);
    }

    @Test
    void bootpAndInfinibandClientsCanBePlayedToo() {
        assertThat(received(ClientMessage.of(MessageType.BOOTP, 1, CLIENT_MAC)).isBootp())
                .isTrue();
        DhcpPacket infiniband =
                received(ClientMessage.of(MessageType.DISCOVER, 1, null).option(61, hex("ff 00 00 00 01 00 02")));
        assertThat(infiniband.chaddr()).isNull();
        assertThat(infiniband.htype()).isEqualTo(32);
    }
}
