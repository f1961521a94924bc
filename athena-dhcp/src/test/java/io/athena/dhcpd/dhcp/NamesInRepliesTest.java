package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.engine.Assignment;
import io.athena.dhcpd.core.engine.ConflictProbe;
import io.athena.dhcpd.core.engine.NameGround;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.event.EventPublisher;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.Reservation;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What option 81 of a reply and the lease say of a name, through the whole service. */
class NamesInRepliesTest {

    private static final String SUBNET = """
            [[subnet]]
            network = "127.0.0.0/8"
            rapid_commit = true
            [[subnet.pool]]
            range_start = "127.0.1.1"
            range_end = "127.0.1.9"
            bootp = true
            [[subnet.reservation]]
            mac = "02:00:00:00:00:07"
            ip = "127.0.2.7"
            ddns_hostname = "seven"
            """;

    private static final byte[] ASKED = HexFormat.of().parseHex("010000" + "7063");

    @TempDir
    Path folder;

    /** Never says the same twice: who asks it once too often is found out. */
    private static final class Fickle implements NamePolicy {
        private volatile int asked;
        private volatile boolean none;
        private volatile boolean off;

        @Override
        public synchronized Name decide(ClientRequest request, Assignment assignment, @Nullable Lease own) {
            Reservation reservation = assignment.reservation();
            String label = reservation == null
                    ? "pc" + (own == null ? "-new-" : "-own-")
                    : String.valueOf(reservation.config().ddnsHostname());
            asked++;
            if (off) {
                return Name.UNCHANGED;
            }
            return none ? Name.NONE : new Name(label + asked + ".example", true, new byte[] {7}, NameGround.CLIENT);
        }

        @Override
        public Name stored(Lease lease) {
            return off ? Name.UNCHANGED : new Name(lease.fqdn(), lease.fqdn() != null, null, NameGround.STORED);
        }

        @Override
        public boolean isOn() {
            return !off;
        }
    }

    private final Fickle names = new Fickle();
    private RunningService service;

    @BeforeEach
    void start() throws Exception {
        service = new RunningService(
                folder,
                SUBNET,
                Surroundings.USUAL.beside(new Companions(ConflictProbe.NONE, EventPublisher.NONE, names)));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private ClientMessage message(MessageType type, int client) {
        return service.client.message(type, client).option(81, ASKED);
    }

    private static byte[] told(String flags, String name) {
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        byte[] option = HexFormat.of().parseHex(flags + "ffff" + "00".repeat(text.length));
        System.arraycopy(text, 0, option, 3, text.length);
        return option;
    }

    private @Nullable String storedName(Ipv4 address) throws Exception {
        return service.lease(address).orElseThrow().fqdn();
    }

    @Test
    void theAckSaysWhatIsStoredAlsoWhenItIsSaidAgain() throws Exception {
        DhcpPacket offer = service.client.exchange(message(MessageType.DISCOVER, 1));
        assertThat(offer.options().get(81)).isEqualTo(told("01", "pc-new-1.example"));
        ClientMessage request =
                message(MessageType.REQUEST, 1).option(50, offer.yiaddr()).option(54, offer.serverId());
        DhcpPacket ack = service.client.exchange(request);
        assertThat(ack.options().get(81)).isEqualTo(told("01", "pc-new-2.example"));
        assertThat(storedName(ack.yiaddr())).isEqualTo("pc-new-2.example");
        assertThat(service.lease(ack.yiaddr()).orElseThrow().nameDecision()).isEqualTo(new byte[] {7});
        DhcpPacket again = service.client.exchange(request);
        assertThat(again.options().get(81)).isEqualTo(told("01", "pc-new-2.example"));
        assertThat(names.asked).as("nobody decides a second time").isEqualTo(2);
    }

    @Test
    void everyWayToALeaseDecidesOnceAndSaysIt() throws Exception {
        DhcpPacket rapid =
                service.client.exchange(message(MessageType.DISCOVER, 1).option(80));
        assertThat(rapid.type()).isEqualTo(MessageType.ACK);
        assertThat(rapid.options().get(81)).isEqualTo(told("01", "pc-new-1.example"));
        Ipv4 address = rapid.yiaddr();
        DhcpPacket renewed =
                service.client.exchange(message(MessageType.REQUEST, 1).ciaddr(address));
        assertThat(renewed.options().get(81)).isEqualTo(told("01", "pc-own-2.example"));
        DhcpPacket rebooted =
                service.client.exchange(message(MessageType.REQUEST, 1).option(50, address));
        assertThat(rebooted.options().get(81)).isEqualTo(told("01", "pc-own-3.example"));
        assertThat(storedName(address)).isEqualTo("pc-own-3.example");
        assertThat(service.client.renew(1, address).options().contains(81))
                .as("who does not ask is not told")
                .isFalse();
        assertThat(storedName(address)).isEqualTo("pc-own-4.example");
    }

    @Test
    void thePolicySeesTheReservation() throws Exception {
        assertThat(service.client.lease(7)).hasToString("127.0.2.7");
        assertThat(storedName(Ipv4.parse("127.0.2.7"))).isEqualTo("seven1.example");
    }

    @Test
    void whereNobodyDecidesTheLeaseKeepsItsNameAndTheClientHearsOfNone() throws Exception {
        Ipv4 address = service.client.lease(1);
        names.off = true;
        ClientMessage renewal = message(MessageType.REQUEST, 1).ciaddr(address);
        DhcpPacket ack = service.client.exchange(renewal);
        assertThat(ack.options().get(81)).isEqualTo(told("0a", "pc"));
        assertThat(service.client.exchange(renewal).options().get(81)).isEqualTo(told("0a", "pc"));
        assertThat(storedName(address)).isEqualTo("pc-new-1.example");
        assertThat(service.lease(address).orElseThrow().nameDecision()).isEqualTo(new byte[] {7});
    }

    @Test
    void whereNoNameIsDecidedTheLeaseLosesIts() throws Exception {
        Ipv4 address = service.client.lease(1);
        names.none = true;
        DhcpPacket ack = service.client.exchange(message(MessageType.REQUEST, 1).ciaddr(address));
        assertThat(ack.options().get(81)).isEqualTo(told("0a", "pc"));
        assertThat(storedName(address)).isNull();
        assertThat(service.lease(address).orElseThrow().nameDecision()).isNull();
    }

    @Test
    void aBootpClientGetsANameButNoOptionThatTellsIt() throws Exception {
        ClientMessage ask = message(MessageType.BOOTP, 3);
        DhcpPacket reply = service.client.exchange(ask);
        assertThat(reply.options().contains(81)).isFalse();
        assertThat(storedName(reply.yiaddr())).isEqualTo("pc-new-1.example");
        service.client.exchange(message(MessageType.BOOTP, 3));
        assertThat(storedName(reply.yiaddr())).startsWith("pc-own-");
        names.off = true;
        String last = storedName(reply.yiaddr());
        service.client.exchange(message(MessageType.BOOTP, 3));
        assertThat(storedName(reply.yiaddr())).isEqualTo(last);
    }
}
