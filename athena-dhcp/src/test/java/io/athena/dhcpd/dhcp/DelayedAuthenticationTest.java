package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.lease.Proof;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 3118 in the whole service, with real sockets on the loopback interface and a real store. */
class DelayedAuthenticationTest {

    private static final String KEY = "a key of sixteen bytes";
    private static final int CLIENT = 1;
    private static final int WITNESS = 99;

    @TempDir
    Path folder;

    private RunningService service;
    private LoopbackClient client;

    @BeforeEach
    void start() throws Exception {
        service = new RunningService(folder, config(false, key(1, KEY)));
        client = service.client;
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private static String key(int id, String secret, String... more) {
        return "[[subnet.authentication.key]]\nid = " + id + "\nsecret = \"" + secret + "\"\n" + String.join("\n", more)
                + "\n";
    }

    private static String config(boolean required, String... keys) {
        return """
                authoritative = true
                [[subnet]]
                network = "127.0.0.0/8"
                lease_time = "1h"
                [[subnet.pool]]
                range_start = "127.0.1.1"
                range_end = "127.0.1.50"
                [subnet.authentication]
                required = %s
                """.formatted(required) + String.join("", keys);
    }

    // --- the dialogue -------------------------------------------------------------------------------------------

    @Test
    void aClientWithTheKeyGetsALeaseAndEveryAnswerIsSigned() throws Exception {
        DhcpPacket offer = client.exchange(discover(CLIENT));
        assertThat(seal(0).signed(offer)).isTrue();
        DhcpPacket ack = client.exchange(request(CLIENT, offer).seal(seal(1)));
        assertThat(ack.type()).isEqualTo(MessageType.ACK);
        assertThat(seal(0).signed(ack)).isTrue();
        DhcpPacket renewed = client.exchange(renewal(CLIENT, ack.yiaddr()).seal(seal(2)));
        assertThat(seal(0).signed(renewed)).isTrue();
        DhcpPacket nak = client.exchange(client.message(MessageType.REQUEST, CLIENT)
                .option(50, Ipv4.parse("192.0.2.1"))
                .seal(seal(3)));
        assertThat(nak.type()).isEqualTo(MessageType.NAK);
        assertThat(seal(0).signed(nak)).isTrue();
        assertThat(List.of(offer, ack, renewed, nak).stream().map(TestSeal::counterOf))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(lease(ack.yiaddr()).proof()).isEqualTo(new Proof(1, 2));
    }

    @Test
    void anInformThatAsksForItIsAnsweredSigned() throws IOException {
        ClientMessage inform = client.message(MessageType.INFORM, CLIENT).ciaddr(Ipv4.parse("127.0.0.1"));

        assertThat(client.exchange(inform).options().contains(90)).isFalse();
        assertThat(seal(0).signed(client.exchange(inform.option(90, TestSeal.REQUEST))))
                .isTrue();
    }

    @Test
    void aMessageThatARelayAgentPassedOnIsVerifiedAsItsClientSentIt() throws IOException {
        Ipv4 address = lease(CLIENT);
        byte[] sent = renewal(CLIENT, address)
                .option(61, (byte) 0, (byte) 7)
                .seal(seal(2))
                .toBytes();
        assertThat(sent).hasSize(300);

        byte[] changed = sent.clone();
        changed[3] = 1;
        client.send(changed);
        assertThat(client.receive()).as("hops are the relay agent's").isNotNull();
        changed = renewal(CLIENT, address).seal(seal(3)).toBytes();
        changed[10] ^= (byte) 0x80;
        assertDropped("bad_authentication", changed);
    }

    // --- what is not believed -----------------------------------------------------------------------------------

    @Test
    void aReplayedMessageIsDropped() throws IOException {
        Ipv4 address = lease(CLIENT);
        byte[] renewal = renewal(CLIENT, address).seal(seal(2)).toBytes();
        client.send(renewal);
        assertThat(client.receive()).isNotNull();

        assertDropped("replayed", renewal);
        assertDropped("replayed", renewal(CLIENT, address).seal(seal(1)).toBytes());
        client.send(renewal(CLIENT, address).seal(seal(3)).toBytes());
        assertThat(client.receive()).isNotNull();
    }

    @Test
    void aMessageIsReplayedToNobodyAfterARestartEither() throws Exception {
        Ipv4 address = lease(CLIENT);
        byte[] renewal = renewal(CLIENT, address).seal(seal(2)).toBytes();
        client.send(renewal);
        long before = TestSeal.counterOf(client.receive());
        service.restart(config(false, key(1, KEY)));

        assertDropped("replayed", renewal);
        assertDropped("not_authenticated", release(CLIENT, address).toBytes());
        DhcpPacket ack = client.exchange(renewal(CLIENT, address).seal(seal(3)));
        assertThat(TestSeal.counterOf(ack)).isGreaterThan(before);
    }

    @Test
    void aReloadForgetsNoCounter() throws IOException {
        Ipv4 address = lease(CLIENT);
        byte[] inform = client.message(MessageType.INFORM, CLIENT)
                .ciaddr(address)
                .seal(seal(5))
                .toBytes();
        client.send(inform);
        assertThat(client.receive()).isNotNull();
        service.reload(config(true, key(1, KEY), key(2, "another key of some length")));

        assertDropped("replayed", inform);
    }

    @Test
    void aWrongKeyOrAChangedMessageIsDropped() throws IOException {
        DhcpPacket offer = client.exchange(discover(CLIENT));

        assertDropped(
                "bad_authentication",
                request(CLIENT, offer).seal(new TestSeal(1, "not the key", 9)).toBytes());
        assertDropped(
                "bad_authentication",
                request(CLIENT, offer).seal(new TestSeal(2, KEY, 9)).toBytes());
        byte[] changed = request(CLIENT, offer).seal(seal(9)).toBytes();
        changed[45] = 'x';
        assertDropped("bad_authentication", changed);
        assertThat(client.exchange(request(CLIENT, offer).seal(seal(1))).type())
                .as("the counters of forged messages do not count")
                .isEqualTo(MessageType.ACK);
    }

    @Test
    void nobodyEndsOrTakesOverALeaseThatWasProven() throws Exception {
        Ipv4 address = lease(CLIENT);
        assertDropped("not_authenticated", release(CLIENT, address).toBytes());
        assertDropped(
                "not_authenticated",
                client.message(MessageType.DECLINE, CLIENT).option(50, address).toBytes());
        assertDropped("not_authenticated", renewal(CLIENT, address).toBytes());
        assertDropped(
                "not_authenticated",
                client.message(MessageType.DISCOVER, CLIENT).toBytes());
        assertThat(lease(address).state()).isEqualTo(LeaseState.ACTIVE);

        client.send(release(CLIENT, address).seal(seal(2)).toBytes());
        lease(WITNESS);
        assertThat(lease(address).state()).isEqualTo(LeaseState.RELEASED);
        assertThat(client.lease(CLIENT)).as("afterwards it may come without").isEqualTo(address);
    }

    // --- who is asked -------------------------------------------------------------------------------------------

    @Test
    void whereItIsNotRequiredAnybodyIsServed() throws IOException {
        Ipv4 address = client.lease(CLIENT);
        DhcpPacket ack = client.renew(CLIENT, address);

        assertThat(ack.type()).isEqualTo(MessageType.ACK);
        assertThat(ack.options().contains(90)).isFalse();
    }

    @Test
    void whereItIsRequiredNobodyElseIsServed() throws IOException {
        Ipv4 address = client.lease(7);
        service.reload(config(true, key(1, KEY)));

        assertDropped(
                "not_authenticated",
                client.message(MessageType.DISCOVER, CLIENT).toBytes());
        assertDropped("not_authenticated", renewal(7, address).toBytes());
        assertDropped(
                "not_authenticated",
                client.message(MessageType.INFORM, CLIENT).ciaddr(address).toBytes());
        assertDropped(
                "not_authenticated",
                client.message(MessageType.DISCOVER, CLIENT)
                        .option(90, new byte[11])
                        .toBytes());
        assertThat(client.exchange(discover(CLIENT)).type()).isEqualTo(MessageType.OFFER);
    }

    @Test
    void aKnownClientIsOfferedTheKeyThatItUsedAsLongAsThatIsThere() throws IOException {
        lease(CLIENT);
        TestSeal next = new TestSeal(2, "another key of some length", 9);
        service.reload(config(false, key(2, next.secret()), key(1, KEY)));
        assertThat(seal(0).signed(client.exchange(discover(CLIENT)))).isTrue();
        assertThat(next.signed(client.exchange(discover(2)))).isTrue();

        service.reload(config(false, key(2, next.secret())));
        DhcpPacket offer = client.exchange(discover(CLIENT));
        assertThat(next.signed(offer)).isTrue();
        assertThat(client.exchange(request(CLIENT, offer).seal(next)).type()).isEqualTo(MessageType.ACK);
    }

    @Test
    void aClientWithoutAKeyOfItsOwnIsServedUnsignedOrNotAtAll() throws IOException {
        service.reload(config(false, key(1, KEY, "mac = \"02:00:00:00:00:07\"")));
        assertThat(client.exchange(discover(CLIENT)).options().contains(90)).isFalse();
        assertThat(client.exchange(discover(7)).options().contains(90)).isTrue();

        service.reload(config(true, key(1, KEY, "mac = \"02:00:00:00:00:63\"")));
        assertDropped("not_authenticated", discover(CLIENT).toBytes());
    }

    // --- helpers ------------------------------------------------------------------------------------------------

    private static TestSeal seal(long counter) {
        return new TestSeal(1, KEY, counter);
    }

    private ClientMessage discover(int number) {
        return client.message(MessageType.DISCOVER, number).option(90, TestSeal.REQUEST);
    }

    private ClientMessage request(int number, DhcpPacket offer) {
        return client.message(MessageType.REQUEST, number)
                .option(50, offer.yiaddr())
                .option(54, offer.serverId());
    }

    private ClientMessage renewal(int number, Ipv4 address) {
        return client.message(MessageType.REQUEST, number).ciaddr(address);
    }

    private ClientMessage release(int number, Ipv4 address) {
        return client.message(MessageType.RELEASE, number).ciaddr(address);
    }

    /** DISCOVER to ACK with counter 1. */
    private Ipv4 lease(int number) throws IOException {
        DhcpPacket offer = client.exchange(discover(number));
        return client.exchange(request(number, offer).seal(seal(1))).yiaddr();
    }

    private Lease lease(Ipv4 address) throws Exception {
        return service.lease(address).orElseThrow();
    }

    /** That a message is dropped for a reason, and nothing is answered: the answer after it is to the next message. */
    private void assertDropped(String reason, byte[] message) throws IOException {
        long before = service.dropped(reason);
        client.send(message);
        ClientMessage next = discover(WITNESS);
        client.send(next.toBytes());
        DhcpPacket answer = client.receive();
        assertThat(answer).isNotNull();
        assertThat(answer.chaddr()).isEqualTo(LoopbackClient.mac(WITNESS));
        assertThat(service.dropped(reason)).isEqualTo(before + 1);
    }
}
