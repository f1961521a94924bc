package io.athena.dhcpd.dhcp.reply;

import static io.athena.dhcpd.dhcp.wire.PacketFixtures.CLIENT_MAC;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.hex;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.received;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.subnet.BootHeader;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.Header;
import io.athena.dhcpd.dhcp.wire.Reply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RepliesTest {

    private static final Ipv4 YIADDR = Ipv4.parse("10.1.0.50");
    private static final Ipv4 NEXT_SERVER = Ipv4.parse("10.1.0.2");
    private static final BootHeader BOOT = new BootHeader(
            NEXT_SERVER,
            "tftp.example".getBytes(StandardCharsets.US_ASCII),
            "boot.0".getBytes(StandardCharsets.US_ASCII));

    private final DhcpPacket request = received(ClientMessage.of(MessageType.REQUEST, 77, CLIENT_MAC)
            .hops(2)
            .secs(9)
            .broadcast(true)
            .ciaddr(Ipv4.parse("10.1.0.50"))
            .giaddr(Ipv4.parse("10.1.0.1"))
            .option(57, hex("0400")));

    @Test
    void theHeaderIsThatOfTableThree() {
        Header ack = reply(MessageType.ACK, 1500).header();

        assertThat(ack)
                .isEqualTo(new Header(
                        2,
                        1,
                        CLIENT_MAC,
                        0,
                        77,
                        0,
                        0x8000,
                        Ipv4.parse("10.1.0.50"),
                        YIADDR,
                        NEXT_SERVER,
                        Ipv4.parse("10.1.0.1")));
        assertThat(reply(MessageType.OFFER, 1500).header().ciaddr()).isEqualTo(Ipv4.ANY);
    }

    @Test
    void bootRomsFindServerNameAndFileInTheHeader() {
        Reply offer = reply(MessageType.OFFER, 1500);

        assertThat(offer.sname()).asString().isEqualTo("tftp.example");
        assertThat(offer.file()).asString().isEqualTo("boot.0");
    }

    @Test
    void aNakGivesNothing() {
        Reply nak = Replies.of(MessageType.NAK, request, Ipv4.ANY, BOOT, OptionSet.EMPTY, 1500);

        assertThat(nak.header().ciaddr()).isEqualTo(Ipv4.ANY);
        assertThat(nak.header().siaddr()).isEqualTo(Ipv4.ANY);
        assertThat(nak.sname()).isEmpty();
        assertThat(nak.file()).isEmpty();
    }

    @Test
    void theSizeIsTheClientsButNeverAboveTheMtu() {
        assertThat(reply(MessageType.ACK, 1500).maxSize()).isEqualTo(1024);
        assertThat(reply(MessageType.ACK, 800).maxSize()).isEqualTo(800);
    }

    private Reply reply(MessageType type, int mtu) {
        return Replies.of(type, request, YIADDR, BOOT, OptionSet.EMPTY, mtu);
    }
}
