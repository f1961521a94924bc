package io.athena.dhcpd.app.load;

import io.athena.dhcpd.core.link.EthernetFrames;
import io.athena.dhcpd.core.link.EthernetFrames.Endpoint;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Plays clients and relay agents on the server's segment, frame by frame. */
final class WireStation {

    static final int CLIENT_PORT = 68;
    static final int SERVER_PORT = 67;
    static final int BROADCAST_FLAG = 0x80;

    private static final int SECONDS = 4;
    private static final int TRIES = 4;

    private final PacketPort port;
    private final MacAddress serverMac;
    private final Ipv4 server;
    private int number;

    WireStation(PacketPort port, MacAddress serverMac, Ipv4 server) {
        this.port = port;
        this.serverMac = serverMac;
        this.server = server;
    }

    Ipv4 server() {
        return server;
    }

    /** A hardware address that no client has had. */
    MacAddress newcomer() {
        number++;
        return MacAddress.of(MacAddress.ETHERNET, new byte[] {2, 0x77, 0, 0, (byte) (number >> 8), (byte) number});
    }

    Datagram message(int type, MacAddress mac) {
        return Datagram.of(type, ++number, mac);
    }

    /** Sends as a client without an address: from 0.0.0.0 to everybody. */
    Optional<HeardReply> broadcast(MacAddress mac, byte[] message) throws IOException {
        return ask(
                message,
                new Endpoint(mac, Ipv4.ANY, CLIENT_PORT),
                new Endpoint(HeardReply.BROADCAST_MAC, Ipv4.BROADCAST, SERVER_PORT));
    }

    /** Sends as a client that has an address and knows its server. */
    Optional<HeardReply> unicast(MacAddress mac, Ipv4 from, byte[] message) throws IOException {
        return ask(message, new Endpoint(mac, from, CLIENT_PORT), new Endpoint(serverMac, server, SERVER_PORT));
    }

    /** Forwards as a relay agent. */
    Optional<HeardReply> relay(Ipv4 giaddr, int sourcePort, byte[] message) throws IOException {
        return ask(
                message,
                new Endpoint(WireFacts.STATION_MAC, giaddr, sourcePort),
                new Endpoint(serverMac, server, SERVER_PORT));
    }

    /** Forwards as a relay agent for a client on the link 10.THIRD.0.0, which sub-option 5 names. */
    HeardReply onLink(int third, Datagram message) throws IOException {
        byte[] bytes = message.giaddr(RoutingFacts.RELAY)
                .option(82, 5, 4, 10, third, 0, 0)
                .bytes();
        return mustAnswer(relay(RoutingFacts.RELAY, SERVER_PORT, bytes));
    }

    /** Sends again what is not answered, as clients do: a server that was held up drops what has become old. */
    private Optional<HeardReply> ask(byte[] message, Endpoint from, Endpoint to) throws IOException {
        int xid = ByteBuffer.wrap(message).getInt(4);
        Optional<HeardReply> reply = Optional.empty();
        for (int tries = 0; tries < TRIES && reply.isEmpty(); tries++) {
            send(message, from, to);
            reply = await(each -> each.xid() == xid);
        }
        return reply;
    }

    private void send(byte[] message, Endpoint from, Endpoint to) throws IOException {
        byte[] frame = new byte[EthernetFrames.UDP_HEADERS + message.length];
        System.arraycopy(message, 0, frame, EthernetFrames.UDP_HEADERS, message.length);
        port.send(frame, EthernetFrames.wrapUdp(frame, message.length, from, to));
    }

    private Optional<HeardReply> await(Predicate<HeardReply> meant) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end) {
            Optional<HeardReply> reply = port.receive().filter(meant);
            if (reply.isPresent()) {
                return reply;
            }
        }
        return Optional.empty();
    }

    HeardReply mustAnswer(Optional<HeardReply> reply) {
        return reply.orElseThrow(() -> new Untrue("there was no reply"));
    }

    /** The reply to a broadcast, of the type given. */
    HeardReply answer(int type, MacAddress mac, Datagram message) throws IOException {
        return typed(type, broadcast(mac, message.bytes()));
    }

    /** The reply, of the type given. */
    HeardReply typed(int type, Optional<HeardReply> reply) {
        HeardReply heard = mustAnswer(reply);
        Untrue.unlessEqual("message type", heard.type(), type);
        return heard;
    }

    HeardReply offer(MacAddress mac) throws IOException {
        return answer(ServerReply.OFFER, mac, message(Datagram.DISCOVER, mac));
    }

    HeardReply lease(MacAddress mac) throws IOException {
        HeardReply offer = offer(mac);
        return answer(ServerReply.ACK, mac, selecting(mac, offer.yiaddr()));
    }

    /** The REQUEST that takes an offer of this server. */
    Datagram selecting(MacAddress mac, Ipv4 address) {
        return message(Datagram.REQUEST, mac).option(50, address).option(54, server);
    }

    /**
     * Holds that a message gets no reply: that to a whole exchange sent after it comes first, and the server keeps the
     * order of a link's messages and of its commits. The ACK of that exchange is given.
     */
    HeardReply expectSilence(MacAddress mac, Datagram message) throws IOException {
        byte[] bytes = message.bytes();
        int xid = ByteBuffer.wrap(bytes).getInt(4);
        Endpoint everybody = new Endpoint(HeardReply.BROADCAST_MAC, Ipv4.BROADCAST, SERVER_PORT);
        send(bytes, new Endpoint(mac, Ipv4.ANY, CLIENT_PORT), everybody);
        MacAddress later = newcomer();
        HeardReply offer = firstOf(xid, later, message(Datagram.DISCOVER, later));
        return firstOf(xid, later, selecting(later, offer.yiaddr()));
    }

    /** Sends as a client without an address, and does not wait for a reply. */
    void say(MacAddress mac, byte[] message) throws IOException {
        send(
                message,
                new Endpoint(mac, Ipv4.ANY, CLIENT_PORT),
                new Endpoint(HeardReply.BROADCAST_MAC, Ipv4.BROADCAST, SERVER_PORT));
    }

    private HeardReply firstOf(int unwanted, MacAddress mac, Datagram message) throws IOException {
        return firstOf(unwanted, mac, message.bytes());
    }

    /** Says something and holds that it is answered before the message with another transaction id is. */
    HeardReply firstOf(int unwanted, MacAddress mac, byte[] bytes) throws IOException {
        int xid = ByteBuffer.wrap(bytes).getInt(4);
        Optional<HeardReply> reply = Optional.empty();
        for (int tries = 0; tries < TRIES && reply.isEmpty(); tries++) {
            say(mac, bytes);
            reply = await(each -> each.xid() == xid || each.xid() == unwanted);
        }
        HeardReply first = mustAnswer(reply);
        Untrue.when(first.xid() == unwanted, "it was answered with a message of type " + first.type());
        return first;
    }
}
