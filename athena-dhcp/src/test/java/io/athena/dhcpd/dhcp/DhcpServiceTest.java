package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.dhcp.listen.ListenException;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service with real sockets on the loopback interface and a real store. */
class DhcpServiceTest {

    private static final String ONE_SUBNET = """
            [[subnet]]
            network = "127.0.0.0/8"
            routers = ["127.0.0.9"]
            dns_servers = ["127.0.0.8"]
            lease_time = "1h"
              [[subnet.pool]]
              range_start = "127.0.1.1"
              range_end = "127.0.1.50"
              [[subnet.reservation]]
              mac = "02:00:00:00:00:07"
              ip = "127.0.2.7"
              hostname = "printer"
            """;

    @TempDir
    Path folder;

    private RunningService service;
    private LoopbackClient client;

    @BeforeEach
    void start() throws Exception {
        service = new RunningService(folder, ONE_SUBNET);
        client = service.client;
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private long dropped(String reason) {
        return service.dropped(reason);
    }

    @Test
    void aClientGetsALeaseWithWhatItAskedFor() throws IOException {
        DhcpPacket offer = client.exchange(client.message(MessageType.DISCOVER, 1));
        assertThat(offer.type()).isEqualTo(MessageType.OFFER);
        DhcpPacket ack = client.exchange(client.message(MessageType.REQUEST, 1)
                .option(50, offer.yiaddr())
                .option(54, offer.serverId()));
        assertThat(ack.type()).isEqualTo(MessageType.ACK);
        assertThat(ack.yiaddr()).hasToString("127.0.1.1");
        assertThat(ack.serverId()).hasToString("127.0.0.1");
        assertThat(ack.options().get(1)).isEqualTo(new byte[] {(byte) 255, 0, 0, 0});
        assertThat(ack.options().get(3)).isEqualTo(new byte[] {127, 0, 0, 9});
        assertThat(ack.options().get(6)).isEqualTo(new byte[] {127, 0, 0, 8});
        assertThat(ack.options().get(51)).isEqualTo(new byte[] {0, 0, 0x0e, 0x10});
        assertThat(ack.options().get(58)).isEqualTo(new byte[] {0, 0, 0x07, 0x08});
        assertThat(ack.options().get(59)).isEqualTo(new byte[] {0, 0, 0x0c, 0x4e});
    }

    @Test
    void leasesSurviveARestartAndTheirClientsAreConfirmed() throws Exception {
        Ipv4 address = client.lease(1);
        service.restart(ONE_SUBNET);
        assertThat(client.reboot(1, address).type()).isEqualTo(MessageType.ACK);
        assertThat(client.reboot(2, address).type()).isEqualTo(MessageType.NAK);
        assertThat(client.lease(2)).isNotEqualTo(address);
    }

    @Test
    void aRenewalIsAnsweredAndARequestFromAnotherNetworkIsRefused() throws IOException {
        Ipv4 address = client.lease(1);
        assertThat(client.renew(1, address).type()).isEqualTo(MessageType.ACK);
        DhcpPacket nak = client.reboot(1, Ipv4.parse("192.0.2.5"));
        assertThat(nak.type()).isEqualTo(MessageType.NAK);
        assertThat(nak.yiaddr()).isEqualTo(Ipv4.ANY);
        assertThat(nak.options().contains(51)).isFalse();
        assertThat(nak.options().get(56)).asString().isEqualTo("wrong network");
    }

    @Test
    void aReleasedAddressComesBackToItsClient() throws Exception {
        Ipv4 address = client.lease(1);
        client.send(client.message(MessageType.RELEASE, 1).ciaddr(address).toBytes());
        client.lease(2);
        assertThat(service.lease(address).orElseThrow().state()).isEqualTo(LeaseState.RELEASED);
        assertThat(client.lease(1)).isEqualTo(address);
    }

    @Test
    void aClientThatTellsItsFullNameHearsThatNothingIsPutIntoDns() throws Exception {
        byte[] asked = HexFormat.of().parseHex("050000" + "027063076578616d706c6500");
        byte[] answer = HexFormat.of().parseHex("0effff" + "027063076578616d706c6500");
        DhcpPacket offer =
                client.exchange(client.message(MessageType.DISCOVER, 1).option(81, asked));
        assertThat(offer.options().get(81)).isEqualTo(answer);
        DhcpPacket ack = client.exchange(client.message(MessageType.REQUEST, 1)
                .option(50, offer.yiaddr())
                .option(54, offer.serverId())
                .option(81, asked));
        assertThat(ack.options().get(81)).isEqualTo(answer);
        assertThat(service.lease(ack.yiaddr()).orElseThrow().hostname()).isEqualTo("pc.example");
    }

    @Test
    void aDeclinedAddressIsGivenToNobody() throws Exception {
        Ipv4 address = client.lease(1);
        client.send(client.message(MessageType.DECLINE, 1).option(50, address).toBytes());
        assertThat(client.lease(1)).isNotEqualTo(address);
        assertThat(client.lease(2)).isNotEqualTo(address);
    }

    @Test
    void aReservedClientGetsItsAddressAndName() throws IOException {
        DhcpPacket offer =
                client.exchange(client.message(MessageType.DISCOVER, 7).ask(12));
        assertThat(offer.yiaddr()).hasToString("127.0.2.7");
        assertThat(offer.options().get(12)).asString().isEqualTo("printer");
    }

    @Test
    void anInformGetsParametersWithoutAnAddressOrTimes() throws IOException {
        DhcpPacket ack = client.exchange(client.message(MessageType.INFORM, 1).ciaddr(Ipv4.parse("127.0.0.1")));
        assertThat(ack.type()).isEqualTo(MessageType.ACK);
        assertThat(ack.yiaddr()).isEqualTo(Ipv4.ANY);
        assertThat(ack.options().get(6)).isEqualTo(new byte[] {127, 0, 0, 8});
        assertThat(ack.options().contains(51)
                        || ack.options().contains(58)
                        || ack.options().contains(59))
                .isFalse();
    }

    @Test
    void theClientIdentifierIsTheIdentityAndComesBack() throws IOException {
        DhcpPacket first =
                client.exchange(client.message(MessageType.DISCOVER, 1).option(61, (byte) 0, (byte) 'a'));
        DhcpPacket second =
                client.exchange(client.message(MessageType.DISCOVER, 1).option(61, (byte) 0, (byte) 'b'));
        assertThat(first.options().get(61)).isEqualTo(new byte[] {0, 'a'});
        assertThat(second.yiaddr()).isNotEqualTo(first.yiaddr());
    }

    @Test
    void strangeDatagramsStopNobody() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = new byte[random.nextInt(600)];
            random.nextBytes(noise);
            if (noise.length > 240 && i % 2 == 0) {
                byte[] head = client.message(MessageType.DISCOVER, 9).toBytes();
                System.arraycopy(head, 0, noise, 0, 240);
            }
            client.send(noise);
        }
        assertThat(client.lease(1)).isNotNull();
        assertThat(dropped("internal_error")).isZero();
    }

    @Test
    void aReloadChangesOptionsWithoutTouchingLeases() throws IOException {
        Ipv4 address = client.lease(1);
        List<String> needRestart = service.reload(ONE_SUBNET.replace("127.0.0.8", "127.0.0.7"));
        assertThat(needRestart).isEmpty();
        DhcpPacket ack = client.renew(1, address);
        assertThat(ack.yiaddr()).isEqualTo(address);
        assertThat(ack.options().get(6)).isEqualTo(new byte[] {127, 0, 0, 7});
    }

    @Test
    void aReloadThatMovesASubnetToAnotherLinkTakesItsLeasesAlong() throws Exception {
        Ipv4 address = client.lease(1);
        String shared = ONE_SUBNET.replace("lease_time", "shared_network = \"campus\"\nlease_time");
        service.reload(shared);
        assertThat(client.renew(1, address).yiaddr()).isEqualTo(address);
        assertThat(client.lease(2)).isNotEqualTo(address);
    }

    @Test
    void aSubnetThatGoesAndComesBackFindsItsLeasesAgain() throws Exception {
        Ipv4 address = client.lease(1);
        service.reload("[[subnet]]\nnetwork = \"10.9.0.0/24\"\n");
        assertThat(service.lease(address)).isEmpty();
        service.reload(ONE_SUBNET);
        assertThat(client.reboot(2, address).type()).isEqualTo(MessageType.NAK);
        assertThat(client.reboot(1, address).type()).isEqualTo(MessageType.ACK);
    }

    @Test
    void whatAReloadCannotChangeIsNamed() {
        assertThat(service.reloadOnAnotherPort(ONE_SUBNET)).containsExactly("server.port");
        assertThat(service.reload(ONE_SUBNET)).containsExactly("server.port");
    }

    @Test
    void theDeskListsFindsAndImportsLeases() throws Exception {
        for (int i = 1; i <= 5; i++) {
            client.lease(i);
        }
        LeaseDesk.Page first = service.desk().page(LeaseDesk.START, 3).get();
        assertThat(first.leases()).hasSize(3);
        LeaseDesk.Page second = service.desk().page(first.next(), 3).get();
        assertThat(second.leases()).hasSize(2);
        assertThat(second.next()).isEqualTo(LeaseDesk.END);
        Lease lease = first.leases().get(0);
        assertThat(service.desk().importLease(lease).get().imported()).isTrue();
        client.send(client.message(MessageType.RELEASE, 1).ciaddr(lease.ip()).toBytes());
        assertThat(service.desk()
                        .importLease(lease.ended(LeaseState.EXPIRED, 1))
                        .get()
                        .refusal())
                .contains("active");
    }

    @Test
    void aPortInUseIsSaidAndNothingIsLeftRunning() throws Exception {
        Path other = folder.resolve("other");
        try (DatagramSocket taken = new DatagramSocket(0)) {
            Surroundings occupied = Surroundings.USUAL.onPort(taken.getLocalPort());
            assertThatThrownBy(() -> new RunningService(other, ONE_SUBNET, occupied))
                    .isInstanceOf(ListenException.class);
        }
        try (RunningService next = new RunningService(other, ONE_SUBNET)) {
            assertThat(next.client.lease(1)).isNotNull();
        }
    }

    /** Two more links that only relay agents lead to; the second lets option 118 choose it. */
    private static final String BEHIND_RELAYS = ONE_SUBNET + """
            [[subnet]]
            network = "10.5.0.0/24"
              [[subnet.pool]]
              range_start = "10.5.0.10"
              range_end = "10.5.0.20"
              bootp = true
            [[subnet]]
            network = "10.6.0.0/24"
            subnet_selection = true
              [[subnet.pool]]
              range_start = "10.6.0.10"
              range_end = "10.6.0.20"
            """;

    /** A relay agent on loopback that says where its client is and to which port to answer (RFC 3527, RFC 8357). */
    private ClientMessage relayed(ClientMessage message, int... linkSelection) {
        byte[] agent = new byte[8];
        agent[0] = 5;
        agent[1] = 4;
        for (int i = 0; i < 4; i++) {
            agent[2 + i] = (byte) linkSelection[i];
        }
        agent[6] = 19;
        return message.giaddr(Ipv4.parse("127.0.0.1")).option(82, agent);
    }

    @Test
    void aRelayAgentsLinkSelectionChoosesTheSubnetAndItsWordsComeBackLast() throws Exception {
        service.reload(BEHIND_RELAYS);
        DhcpPacket offer = client.exchange(relayed(client.message(MessageType.DISCOVER, 1), 10, 5, 0, 0));
        assertThat(offer.yiaddr()).hasToString("10.5.0.10");
        assertThat(offer.options().codeAt(offer.options().size() - 1)).isEqualTo(82);
        assertThat(offer.options().get(82)).isEqualTo(new byte[] {5, 4, 10, 5, 0, 0, 19, 0});
        DhcpPacket ack = client.exchange(relayed(client.message(MessageType.REQUEST, 1), 10, 5, 0, 0)
                .option(50, offer.yiaddr())
                .option(54, offer.serverId()));
        assertThat(ack.type()).isEqualTo(MessageType.ACK);
        assertThat(service.lease(ack.yiaddr()).orElseThrow().option82())
                .isEqualTo(offer.options().get(82));
    }

    @Test
    void aRelayedClientOfASubnetThatIsNotOursIsDroppedAndCounted() throws IOException {
        client.send(
                relayed(client.message(MessageType.DISCOVER, 1), 192, 0, 2, 0).toBytes());
        client.lease(2);
        assertThat(dropped("no_subnet")).isEqualTo(1);
    }

    @Test
    void option118ChoosesOnlyASubnetThatAllowsItAndComesBackWhereItDid() throws IOException {
        service.reload(BEHIND_RELAYS);
        DhcpPacket chosen =
                client.exchange(client.message(MessageType.DISCOVER, 1).option(118, Ipv4.parse("10.6.0.0")));
        assertThat(chosen.yiaddr()).hasToString("10.6.0.10");
        assertThat(chosen.options().get(118)).isEqualTo(new byte[] {10, 6, 0, 0});
        DhcpPacket ignored =
                client.exchange(client.message(MessageType.DISCOVER, 2).option(118, Ipv4.parse("10.5.0.0")));
        assertThat(ignored.yiaddr()).hasToString("127.0.1.1");
        assertThat(ignored.options().contains(118)).isFalse();
    }

    @Test
    void aRelayAgentMayStandInAsTheServer() throws Exception {
        byte[] override = {11, 4, 10, 5, 0, 1, 5, 4, 10, 5, 0, 0, 19, 0};
        service.reload(BEHIND_RELAYS);
        DhcpPacket offer = client.exchange(client.message(MessageType.DISCOVER, 1)
                .giaddr(Ipv4.parse("127.0.0.1"))
                .option(82, override));
        assertThat(offer.serverId()).hasToString("10.5.0.1");
        DhcpPacket ack = client.exchange(client.message(MessageType.REQUEST, 1)
                .giaddr(Ipv4.parse("127.0.0.1"))
                .option(82, override)
                .option(50, offer.yiaddr())
                .option(54, offer.serverId()));
        assertThat(ack.type()).isEqualTo(MessageType.ACK);
    }

    @Test
    void aRequestToAnotherServerMeetsSilence() throws IOException {
        DhcpPacket offer = client.exchange(client.message(MessageType.DISCOVER, 1));
        client.send(client.message(MessageType.REQUEST, 1)
                .option(50, offer.yiaddr())
                .option(54, Ipv4.parse("192.0.2.67"))
                .toBytes());
        assertThat(client.lease(2)).as("our offer is free again").isEqualTo(offer.yiaddr());
        assertThat(dropped("other_server")).isEqualTo(1);
    }

    @Test
    void aRequestRepeatedWhileTheFirstIsOnItsWayToTheDiskIsAnsweredToo() throws IOException {
        DhcpPacket offer = client.exchange(client.message(MessageType.DISCOVER, 1));
        byte[] request = client.message(MessageType.REQUEST, 1)
                .option(50, offer.yiaddr())
                .option(54, offer.serverId())
                .toBytes();
        for (int i = 0; i < 20; i++) {
            client.send(request);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(client.receive().type()).isEqualTo(MessageType.ACK);
        }
    }

    @Test
    void aBootpClientIsServedFromAPoolThatSaysSoAndFromNoOther() throws IOException {
        service.reload(BEHIND_RELAYS);
        ClientMessage bootp = relayed(client.message(MessageType.BOOTP, 1), 10, 5, 0, 0);
        DhcpPacket reply = client.exchange(bootp);
        assertThat(reply.isBootp()).isTrue();
        assertThat(reply.yiaddr()).hasToString("10.5.0.10");
        client.send(client.message(MessageType.BOOTP, 2).toBytes());
        client.lease(3);
        assertThat(dropped("no_bootp_binding")).isEqualTo(1);
    }

    @Test
    void afterTheDrainNothingIsAnswered() throws IOException {
        service.drain();
        client.send(client.message(MessageType.DISCOVER, 1).toBytes());
        assertThat(client.receive(200)).isNull();
    }

    @Test
    void theConfiguredServerIdStandsForRelayedTrafficAndTheInterfacesAddressElsewhere() throws IOException {
        service.reload("server_id = \"10.5.0.1\"\n" + BEHIND_RELAYS);
        DhcpPacket relayed = client.exchange(relayed(client.message(MessageType.DISCOVER, 1), 10, 5, 0, 0));
        assertThat(relayed.serverId()).hasToString("10.5.0.1");
        DhcpPacket direct = client.exchange(client.message(MessageType.DISCOVER, 2));
        assertThat(direct.serverId()).hasToString("127.0.0.1");
        DhcpPacket ack = client.exchange(client.message(MessageType.REQUEST, 2)
                .option(50, direct.yiaddr())
                .option(54, Ipv4.parse("10.5.0.1")));
        assertThat(ack.type()).as("any of our addresses names us").isEqualTo(MessageType.ACK);
    }

    @Test
    void whenTheDiskFailsThereIsSilenceForANewClientAndTheRemainingTimeForAHolder() throws Exception {
        service.close();
        FailingJournal journal = new FailingJournal();
        service = new RunningService(folder.resolve("other"), ONE_SUBNET, Surroundings.USUAL.writingTo(journal));
        client = service.client;
        Ipv4 address = client.lease(1);
        long promised = service.lease(address).orElseThrow().expiry();

        journal.failing = true;
        DhcpPacket renewed = client.renew(1, address);
        assertThat(renewed.type()).isEqualTo(MessageType.ACK);
        assertThat(Ipv4.of(renewed.options().get(51), 0).bits()).isLessThanOrEqualTo(3600);
        assertThat(service.lease(address).orElseThrow().expiry())
                .as("nothing was extended")
                .isEqualTo(promised);
        DhcpPacket offer = client.exchange(client.message(MessageType.DISCOVER, 2));
        client.send(client.message(MessageType.REQUEST, 2)
                .option(50, offer.yiaddr())
                .option(54, offer.serverId())
                .toBytes());
        service.awaitDropped("lease_not_written", 1);
        DhcpPacket other = client.exchange(client.message(MessageType.DISCOVER, 3));
        assertThat(other.type()).isEqualTo(MessageType.OFFER);

        journal.failing = false;
        assertThat(client.lease(2)).isEqualTo(offer.yiaddr());
        journal.close();
    }

    /** A journal without a disk that says at once, on a thread of its own, that all is durable or that it failed. */
    private static final class FailingJournal implements LeaseJournal {
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final List<Listener> listeners = new CopyOnWriteArrayList<>();
        private long sequence;
        private volatile boolean failing;

        @Override
        public synchronized long append(RecordKind kind, int address, byte[] image, byte @Nullable [] previous) {
            long mine = ++sequence;
            boolean fails = failing;
            thread.execute(() -> listeners.forEach(listener -> {
                if (fails) {
                    listener.failed(mine, mine);
                } else {
                    listener.durable(mine);
                }
            }));
            return mine;
        }

        @Override
        public synchronized long watermark() {
            return sequence;
        }

        @Override
        public boolean isWritable() {
            return !failing;
        }

        @Override
        public void listen(Listener listener) {
            listeners.add(listener);
        }

        void close() {
            thread.shutdown();
        }
    }
}
