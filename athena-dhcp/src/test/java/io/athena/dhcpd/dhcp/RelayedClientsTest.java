package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.PacketFixtures;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients behind relay agents, of shared networks and of virtual ones, through real sockets. */
class RelayedClientsTest {

    private static final Ipv4 AGENT = Ipv4.parse("127.0.0.1");

    /** Asks for the reply at the agent's own port (RFC 8357). */
    private static final String PORT = "13 00";

    private static final String PLAIN = """
            [[subnet]]
            network = "10.1.0.0/24"
            shared_network = "campus"
              [[subnet.pool]]
              range_start = "10.1.0.10"
              range_end = "10.1.0.10"
            [[subnet]]
            network = "10.2.0.0/24"
            shared_network = "campus"
              [[subnet.pool]]
              range_start = "10.2.0.10"
              range_end = "10.2.0.19"
            [[subnet]]
            network = "127.0.0.0/8"
              [[subnet.pool]]
              range_start = "127.0.1.1"
              range_end = "127.0.1.9"
            """;

    private static final String VPNS = PLAIN + """
            [[subnet]]
            network = "10.3.0.0/24"
            vss = "blue"
              [[subnet.pool]]
              range_start = "10.3.0.10"
              range_end = "10.3.0.19"
            """;

    @TempDir
    Path folder;

    private RunningService service;
    private LoopbackClient client;

    @BeforeEach
    void start() throws Exception {
        service = new RunningService(folder, PLAIN);
        client = service.client;
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private ClientMessage relayed(MessageType type, int number, String option82) {
        return client.message(type, number).giaddr(AGENT).option(82, PacketFixtures.hex(option82));
    }

    private DhcpPacket discover(int number, String option82) throws IOException {
        return client.exchange(relayed(MessageType.DISCOVER, number, option82));
    }

    /** Holds that a message is not answered: the reply to one sent after it comes first. */
    private void expectSilence(int number, String option82) throws IOException {
        int before = (int) dropped();
        client.send(relayed(MessageType.DISCOVER, number, option82).toBytes());
        assertThat(client.exchange(client.message(MessageType.DISCOVER, 99)).type())
                .isEqualTo(MessageType.OFFER);
        assertThat(dropped()).isEqualTo(before + 1);
    }

    private long dropped() {
        return service.dropped("no_subnet");
    }

    private static byte[] echo(DhcpPacket reply) {
        return reply.options().get(82);
    }

    @Test
    void aSharedNetworkGivesFromItsOtherSubnetWhenTheNamedOneIsFull() throws IOException {
        assertThat(discover(1, "05 04 0a010000" + PORT).yiaddr()).hasToString("10.1.0.10");
        assertThat(discover(2, "05 04 0a010000" + PORT).yiaddr()).hasToString("10.2.0.10");
    }

    @Test
    void withoutVirtualNetworksTheirNamesAreIgnoredAndComeBackWithTheControlSubOption() throws IOException {
        String said = "97 05 00 626c7565 98 00 05 04 0a020000" + PORT;
        DhcpPacket offer = discover(1, said);
        assertThat(offer.yiaddr()).hasToString("10.1.0.10");
        assertThat(echo(offer)).isEqualTo(PacketFixtures.hex(said));
    }

    @Test
    void aClientOfAVirtualNetworkIsServedFromItAndTheControlSubOptionStaysOut() throws Exception {
        service.reload(VPNS);
        DhcpPacket offer = discover(1, "97 05 00 626c7565 98 00 05 04 0a030000" + PORT);
        assertThat(offer.yiaddr()).hasToString("10.3.0.10");
        assertThat(echo(offer)).isEqualTo(PacketFixtures.hex("97 05 00 626c7565 05 04 0a030000" + PORT));
        DhcpPacket ack =
                client.exchange(relayed(MessageType.REQUEST, 1, "97 05 00 626c7565 98 00 05 04 0a030000" + PORT)
                        .option(50, offer.yiaddr())
                        .option(54, offer.serverId()));
        assertThat(ack.type()).isEqualTo(MessageType.ACK);
        assertThat(echo(ack)).isEqualTo(echo(offer));
        assertThat(client.renew(1, offer.yiaddr()).type())
                .as("past the relay agent nobody names the network")
                .isEqualTo(MessageType.ACK);
    }

    @Test
    void whoNamesAnotherVirtualNetworkOrNoneGetsNoAddressOfThisOne() throws IOException {
        service.reload(VPNS);
        expectSilence(1, "97 04 00 726564 98 00 05 04 0a030000" + PORT);
        expectSilence(2, "05 04 0a030000" + PORT);
        expectSilence(3, "97 01 ff 98 00 05 04 0a030000" + PORT);
        expectSilence(4, "97 05 00 626c7565 98 00 05 04 0a010000" + PORT);
    }

    @Test
    void theGlobalNetworkIsThatOfTheSubnetsWithoutAName() throws IOException {
        service.reload(VPNS);
        DhcpPacket offer = discover(1, "97 01 ff 98 00 05 04 0a010000" + PORT);
        assertThat(offer.yiaddr()).hasToString("10.1.0.10");
        assertThat(echo(offer)).isEqualTo(PacketFixtures.hex("97 01 ff 05 04 0a010000" + PORT));
    }

    @Test
    void theHopsOfASecondRelayAgentAreNoObstacleAndAreNotCountedInTheReply() throws IOException {
        byte[] twice = relayed(MessageType.DISCOVER, 1, "05 04 0a010000" + PORT).toBytes();
        twice[3] = 2;
        client.send(twice);
        DhcpPacket offer = client.receive();
        assertThat(offer).isNotNull();
        assertThat(offer.giaddr()).isEqualTo(AGENT);
        assertThat(offer.hops()).isZero();
    }
}
