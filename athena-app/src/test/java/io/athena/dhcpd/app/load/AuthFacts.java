package io.athena.dhcpd.app.load;

import static io.athena.dhcpd.app.load.WireFacts.fact;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Holds the started server to RFC 3118, as {@code lab/auth.sh} asks: {@code AuthFacts INTERFACE SERVER_MAC SERVER SECRET}.
 * The secret is that of key 1 of a subnet that requires authentication.
 */
final class AuthFacts {

    private static final int AUTHENTICATION = 90;
    private static final int CODE_SIZE = 16;
    private static final int HEAD_SIZE = 15;
    private static final byte[] ASK = {1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final Ipv4 ELSEWHERE = Ipv4.parse("192.0.2.1");

    private final WireStation station;
    private final byte[] secret;
    private long counter = 1;

    private AuthFacts(WireStation station, String secret) {
        this.station = station;
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    public static void main(String[] args) throws IOException {
        try (PacketPort port = new PacketPort(args[0])) {
            WireStation station = new WireStation(port, MacAddress.parse(args[1]), Ipv4.parse(args[2]));
            new AuthFacts(station, args[3]).tell();
        }
    }

    private void tell() throws IOException {
        fact("OFFER, ACK and NAK are signed with the client's key, and their counters rise", this::answersAreSigned);
        fact("a client that proves nothing hears nothing where proof is required", this::strangersHearNothing);
        fact("a REQUEST signed with another key, or changed on its way, is not answered", this::forgeriesHearNothing);
        fact("a REQUEST is answered once: said again it is not", this::replaysHearNothing);
        fact("a RELEASE without proof ends no lease", this::aForgedReleaseEndsNothing);
        fact("giaddr, hops and option 82 of a relay agent leave a signature good, both ways", this::relaysMayChange);
    }

    private void answersAreSigned() throws IOException {
        MacAddress mac = station.newcomer();
        HeardReply offer = offer(mac);
        HeardReply ack = station.typed(ServerReply.ACK, ask(mac, signed(selecting(mac, offer))));
        Datagram elsewhere = station.message(Datagram.REQUEST, mac).option(50, ELSEWHERE);
        HeardReply nak = station.typed(ServerReply.NAK, ask(mac, signed(elsewhere)));
        for (HeardReply reply : new HeardReply[] {offer, ack, nak}) {
            checkSigned(reply);
        }
        Untrue.when(counter(ack) <= counter(offer) || counter(nak) <= counter(ack), "a counter did not rise");
    }

    private void strangersHearNothing() throws IOException {
        MacAddress mac = station.newcomer();
        expectSilence(mac, station.message(Datagram.DISCOVER, mac).bytes());
        expectSilence(
                mac,
                station.message(Datagram.REQUEST, mac).option(50, ELSEWHERE).bytes());
        expectSilence(
                mac,
                station.message(Datagram.DISCOVER, mac)
                        .option(AUTHENTICATION, new byte[11])
                        .bytes());
    }

    private void forgeriesHearNothing() throws IOException {
        MacAddress mac = station.newcomer();
        HeardReply offer = offer(mac);
        byte[] changed = signed(selecting(mac, offer));
        changed[120] = 'x';
        expectSilence(mac, changed);
        byte[] unsigned =
                selecting(mac, offer).option(AUTHENTICATION, value(counter++)).bytes();
        expectSilence(mac, unsigned);
    }

    private void replaysHearNothing() throws IOException {
        MacAddress mac = station.newcomer();
        byte[] request = signed(selecting(mac, offer(mac)));
        station.typed(ServerReply.ACK, ask(mac, request));
        expectSilence(mac, request);
    }

    private void aForgedReleaseEndsNothing() throws IOException {
        MacAddress mac = station.newcomer();
        HeardReply ack = station.typed(ServerReply.ACK, ask(mac, signed(selecting(mac, offer(mac)))));
        Datagram release = station.message(Datagram.RELEASE, mac).ciaddr(ack.yiaddr());
        expectSilence(mac, release.option(54, station.server()).bytes());
        MacAddress other = station.newcomer();
        Datagram takeOver = station.message(Datagram.REQUEST, other).option(50, ack.yiaddr());
        station.typed(ServerReply.NAK, ask(other, signed(takeOver)));
    }

    private void relaysMayChange() throws IOException {
        MacAddress mac = station.newcomer();
        Ipv4 giaddr = Ipv4.parse("10.67.0.9");
        HeardReply offer = relayed(
                giaddr,
                station.message(Datagram.DISCOVER, mac)
                        .option(AUTHENTICATION, ASK)
                        .bytes());
        checkSigned(withoutRelayAgent(offer));
        HeardReply ack = relayed(giaddr, signed(selecting(mac, offer)));
        Untrue.unlessEqual("message type", ack.type(), ServerReply.ACK);
        checkSigned(withoutRelayAgent(ack));
    }

    // --- the client's side --------------------------------------------------------------------------------------

    private HeardReply offer(MacAddress mac) throws IOException {
        Datagram discover = station.message(Datagram.DISCOVER, mac).option(AUTHENTICATION, ASK);
        return station.typed(ServerReply.OFFER, ask(mac, discover.bytes()));
    }

    private Datagram selecting(MacAddress mac, HeardReply offer) {
        return station.selecting(mac, offer.yiaddr());
    }

    private Optional<HeardReply> ask(MacAddress mac, byte[] message) throws IOException {
        return station.broadcast(mac, message);
    }

    /** That a message gets no answer, as {@link WireStation#expectSilence} has it. */
    private void expectSilence(MacAddress mac, byte[] message) throws IOException {
        int unwanted = ByteBuffer.wrap(message).getInt(4);
        station.say(mac, message);
        MacAddress later = station.newcomer();
        Datagram discover = station.message(Datagram.DISCOVER, later).option(AUTHENTICATION, ASK);
        HeardReply offer = station.firstOf(unwanted, later, discover.bytes());
        station.firstOf(unwanted, later, signed(selecting(later, offer)));
    }

    /** The message with option 90 at its end, signed; each with a higher counter. */
    private byte[] signed(Datagram datagram) {
        byte[] message = datagram.option(AUTHENTICATION, value(counter++)).bytes();
        int codeAt = end(message) - CODE_SIZE;
        byte[] code = hmac(message);
        System.arraycopy(code, 0, message, codeAt, CODE_SIZE);
        return message;
    }

    private static byte[] value(long counter) {
        return ByteBuffer.allocate(HEAD_SIZE + CODE_SIZE)
                .put(ASK, 0, 3)
                .putLong(counter)
                .putInt(1)
                .array();
    }

    private byte[] hmac(byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(secret, "HmacMD5"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void checkSigned(HeardReply reply) {
        byte[] option = reply.option(AUTHENTICATION);
        Untrue.when(option == null || option.length != HEAD_SIZE + CODE_SIZE, "a reply is not signed");
        byte[] message = reply.message().clone();
        int codeAt = indexOf(message, option) + HEAD_SIZE;
        byte[] code = Arrays.copyOfRange(message, codeAt, codeAt + CODE_SIZE);
        Arrays.fill(message, codeAt, codeAt + CODE_SIZE, (byte) 0);
        Arrays.fill(message, 24, 28, (byte) 0);
        Untrue.when(!Arrays.equals(hmac(message), code), "a reply of type " + reply.type() + " is signed wrongly");
    }

    private static long counter(HeardReply reply) {
        return ByteBuffer.wrap(reply.option(AUTHENTICATION)).getLong(3);
    }

    // --- the relay agent's side ---------------------------------------------------------------------------------

    private HeardReply relayed(Ipv4 giaddr, byte[] message) throws IOException {
        int end = end(message);
        byte[] words = {82, 6, 1, 4, 'l', 'a', 'b', '1', (byte) 255};
        byte[] forwarded = Arrays.copyOf(message, Math.max(300, end + words.length));
        System.arraycopy(words, 0, forwarded, end, words.length);
        forwarded[3] = 1;
        System.arraycopy(giaddr.toBytes(), 0, forwarded, 24, 4);
        return station.mustAnswer(station.relay(giaddr, 67, forwarded));
    }

    /** The reply as a relay agent hands it on: option 82, which stands last, is gone, and 300 bytes are kept. */
    private static HeardReply withoutRelayAgent(HeardReply reply) {
        Untrue.unlessEqual("the last option", reply.codes().get(reply.codes().size() - 1), 82);
        int from = end(reply.message()) - 8;
        byte[] message = Arrays.copyOf(Arrays.copyOf(reply.message(), from), Math.max(300, from + 1));
        message[from] = (byte) 255;
        return new HeardReply(
                reply.toMac(),
                reply.from(),
                reply.to(),
                reply.fromPort(),
                reply.toPort(),
                reply.checksumsRight(),
                message,
                reply.options());
    }

    /** Where END stands. */
    private static int end(byte[] message) {
        int at = 240;
        while (message[at] != (byte) 255) {
            at += message[at] == 0 ? 1 : 2 + (message[at + 1] & 0xff);
        }
        return at;
    }

    private static int indexOf(byte[] message, byte[] bytes) {
        int at = 240;
        while (!Arrays.equals(message, at, at + bytes.length, bytes, 0, bytes.length)) {
            at++;
        }
        return at;
    }
}
