package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a DISCOVER is answered by where it need not be an OFFER that is held, through the whole service. */
class RapidCommitTest {

    private static final String SUBNET = """
            [[subnet]]
            network = "127.0.0.0/8"
            """;

    private static final String POOL = """
            [[subnet.pool]]
            range_start = "127.0.1.1"
            range_end = "127.0.1.1"
            """;

    @TempDir
    Path folder;

    @Test
    void aDiscoverWithOption80IsAnsweredByAnAckThatCarriesItAndTheLeaseIsThere() throws Exception {
        try (RunningService service = new RunningService(folder, SUBNET + "rapid_commit = true\n" + POOL)) {
            DhcpPacket ack = service.client.exchange(
                    service.client.message(MessageType.DISCOVER, 1).option(80));

            assertThat(ack.type()).isEqualTo(MessageType.ACK);
            assertThat(ack.options().get(80)).isEmpty();
            assertThat(ack.options().get(51)).isEqualTo(new byte[] {0, 0, (byte) 0xa8, (byte) 0xc0});
            assertThat(ack.options().contains(54)).isTrue();
            assertThat(service.lease(ack.yiaddr()).orElseThrow().state()).isEqualTo(LeaseState.ACTIVE);
            assertThat(service.client.renew(1, ack.yiaddr()).options().contains(80))
                    .as("the ACK to a renewal does not")
                    .isFalse();
        }
    }

    @Test
    void withoutOption80OrWhereItIsNotAllowedThereIsAnOfferWithoutIt() throws Exception {
        try (RunningService service =
                new RunningService(folder.resolve("allowed"), SUBNET + "rapid_commit = true\n" + POOL)) {
            DhcpPacket offer = service.client.exchange(service.client.message(MessageType.DISCOVER, 1));
            assertThat(offer.type()).isEqualTo(MessageType.OFFER);
            assertThat(offer.options().contains(80)).isFalse();
        }
        try (RunningService service = new RunningService(folder.resolve("not"), SUBNET + POOL)) {
            DhcpPacket offer = service.client.exchange(
                    service.client.message(MessageType.DISCOVER, 1).option(80).ask(1, 80));
            assertThat(offer.type()).isEqualTo(MessageType.OFFER);
            assertThat(offer.options().contains(80)).isFalse();
        }
    }

    /** RFC 4039 section 4: code 80, length 0; RFC 2563 section 2: code 116, length 1. */
    @Test
    void anOptionOfAnotherLengthThanItHasIsNoWish() throws Exception {
        String both = SUBNET + "rapid_commit = true\nauto_configure = 0\n" + POOL;
        try (RunningService service = new RunningService(folder, both)) {
            DhcpPacket offer = service.client.exchange(
                    service.client.message(MessageType.DISCOVER, 1).option(80, (byte) 0));
            assertThat(offer.type()).isEqualTo(MessageType.OFFER);
            assertThat(offer.options().contains(80)).isFalse();

            service.client.lease(1);
            ClientMessage odd = service.client.message(MessageType.DISCOVER, 2).option(116, (byte) 1, (byte) 1);
            service.client.send(odd.toBytes());
            ClientMessage proper =
                    service.client.message(MessageType.DISCOVER, 3).option(116, (byte) 1);
            service.client.send(proper.toBytes());
            assertThat(service.client.receive().chaddr()).isEqualTo(LoopbackClient.mac(3));
        }
    }

    @Test
    void clientsThatCanDoWithoutIpv4HearSoAndTakeNothing() throws Exception {
        try (RunningService service = new RunningService(folder, SUBNET + "ipv6_only_preferred = 1800\n" + POOL)) {
            for (int client = 1; client < 4; client++) {
                DhcpPacket offer = service.client.exchange(
                        service.client.message(MessageType.DISCOVER, client).ask(1, 3, 108));
                assertThat(offer.type()).isEqualTo(MessageType.OFFER);
                assertThat(offer.options().get(108)).isEqualTo(new byte[] {0, 0, 0x07, 0x08});
            }
            assertThat(service.client.lease(4)).hasToString("127.0.1.1");
            DhcpPacket offer = service.client.exchange(
                    service.client.message(MessageType.DISCOVER, 1).ask(1, 3, 108));
            assertThat(offer.yiaddr()).isEqualTo(Ipv4.ANY);
            assertThat(offer.options().contains(108)).isTrue();
            assertThat(offer.options().contains(51)).isFalse();
        }
    }

    @Test
    void aClientThatWouldMakeUpAnAddressIsToldNotToWhereThereIsNone() throws Exception {
        try (RunningService service = new RunningService(folder, SUBNET + "auto_configure = 0\n" + POOL)) {
            service.client.lease(1);
            ClientMessage discover =
                    service.client.message(MessageType.DISCOVER, 2).option(116, (byte) 1);

            DhcpPacket offer = service.client.exchange(discover);

            assertThat(offer.type()).isEqualTo(MessageType.OFFER);
            assertThat(offer.yiaddr()).isEqualTo(Ipv4.ANY);
            assertThat(offer.options().get(116)).containsExactly(0);
            assertThat(offer.options().contains(54)).isTrue();
            assertThat(offer.options().contains(51)).isFalse();
        }
    }
}
