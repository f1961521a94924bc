package io.athena.dhcpd.app.load;

import static io.athena.dhcpd.app.load.WireFacts.fact;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.util.Arrays;

/** Where replies go (RFC 2131 section 4.1) and what relay agents are told. */
final class RoutingFacts {

    /** Addresses of the station's own interface, in the server's segment. */
    static final Ipv4 RELAY = Ipv4.parse("10.67.0.2");

    static final Ipv4 OTHER_RELAY = Ipv4.parse("10.67.0.3");
    static final Ipv4 RESERVED = Ipv4.parse("10.67.0.50");
    static final MacAddress RESERVED_MAC = MacAddress.parse("02:00:00:67:00:50");

    private static final Ipv4 FOREIGN = Ipv4.parse("192.168.99.5");
    private static final int RELAY_SOURCE = 4067;

    private final WireStation station;

    RoutingFacts(WireStation station) {
        this.station = station;
    }

    void tell() throws IOException {
        fact("with the broadcast flag the OFFER goes to everybody", this::broadcastFlagSet);
        fact("without it OFFER and ACK go in a frame to chaddr and yiaddr, checksums right", this::broadcastFlagClear);
        fact("a NAK goes to everybody on the link, whatever the flag", this::nakOnLink);
        fact("a renewal is answered to ciaddr", this::renewal);
        fact("a rebinding client's broadcast is answered to ciaddr", this::rebinding);
        fact("INFORM is answered to ciaddr, without yiaddr and times", this::inform);
        fact("INFORM without ciaddr is answered to its source", this::informWithoutCiaddr);
        fact("a relay gets the reply at giaddr and port 67, the broadcast flag copied", this::relayed);
        fact("a relay with sub-option 19 gets it at its own port", this::relayPort);
        fact("a NAK through a relay has the broadcast bit set", this::nakThroughRelay);
        fact("sub-option 5 picks the subnet, giaddr stays the target", this::linkSelection);
        fact("sub-option 11 is the server id, and REQUESTs to it are ours", this::serverIdOverride);
        fact("option 82 comes back last, byte for byte, also when binary", this::relayAgentEcho);
        fact("copies by two relays get one lease", this::twoRelays);
    }

    private void broadcastFlagSet() throws IOException {
        MacAddress mac = station.newcomer();
        Datagram discover = station.message(Datagram.DISCOVER, mac).put(10, WireStation.BROADCAST_FLAG);
        HeardReply offer = station.answer(ServerReply.OFFER, mac, discover);
        toEverybody(offer);
        Untrue.unlessEqual("flags", offer.flags(), 0x8000);
    }

    private static void toEverybody(HeardReply reply) {
        Untrue.unlessEqual("frame's destination", reply.toMac(), HeardReply.BROADCAST_MAC);
        Untrue.unlessEqual("IP destination", reply.to(), Ipv4.BROADCAST);
        Untrue.unlessEqual("port", reply.toPort(), WireStation.CLIENT_PORT);
    }

    private void broadcastFlagClear() throws IOException {
        MacAddress mac = station.newcomer();
        HeardReply offer = station.offer(mac);
        inFrame(offer, mac);
        inFrame(station.answer(ServerReply.ACK, mac, station.selecting(mac, offer.yiaddr())), mac);
    }

    private void inFrame(HeardReply reply, MacAddress mac) {
        Untrue.unlessEqual("frame's destination", reply.toMac(), mac);
        Untrue.unlessEqual("IP destination", reply.to(), reply.yiaddr());
        Untrue.unlessEqual("IP source", reply.from(), station.server());
        Untrue.unlessEqual("port", reply.toPort(), WireStation.CLIENT_PORT);
        Untrue.when(!reply.checksumsRight(), "a checksum is wrong");
    }

    private void nakOnLink() throws IOException {
        MacAddress mac = station.newcomer();
        toEverybody(station.answer(
                ServerReply.NAK, mac, station.message(Datagram.REQUEST, mac).option(50, FOREIGN)));
    }

    private void renewal() throws IOException {
        station.lease(RESERVED_MAC);
        byte[] request =
                station.message(Datagram.REQUEST, RESERVED_MAC).ciaddr(RESERVED).bytes();
        toClient(station.typed(ServerReply.ACK, station.unicast(RESERVED_MAC, RESERVED, request)));
    }

    private void rebinding() throws IOException {
        byte[] request =
                station.message(Datagram.REQUEST, RESERVED_MAC).ciaddr(RESERVED).bytes();
        toClient(station.typed(ServerReply.ACK, station.broadcast(RESERVED_MAC, request)));
    }

    private static void toClient(HeardReply ack) {
        Untrue.unlessEqual("frame's destination", ack.toMac(), WireFacts.STATION_MAC);
        Untrue.unlessEqual("IP destination", ack.to(), RESERVED);
        Untrue.unlessEqual("port", ack.toPort(), WireStation.CLIENT_PORT);
        Untrue.unlessEqual("yiaddr", ack.yiaddr(), RESERVED);
    }

    private void inform() throws IOException {
        MacAddress mac = station.newcomer();
        byte[] inform = station.message(Datagram.INFORM, mac).ciaddr(RESERVED).bytes();
        parametersOnly(station.typed(ServerReply.ACK, station.unicast(mac, RESERVED, inform)));
    }

    private void informWithoutCiaddr() throws IOException {
        MacAddress mac = station.newcomer();
        byte[] inform = station.message(Datagram.INFORM, mac).bytes();
        parametersOnly(station.typed(ServerReply.ACK, station.unicast(mac, RESERVED, inform)));
    }

    private static void parametersOnly(HeardReply ack) {
        Untrue.unlessEqual("IP destination", ack.to(), RESERVED);
        Untrue.unlessEqual("yiaddr", ack.yiaddr(), Ipv4.ANY);
        for (int code : new int[] {51, 58, 59}) {
            Untrue.when(ack.option(code) != null, "it has option " + code);
        }
        Untrue.when(ack.option(6) == null, "it has no name servers");
    }

    private Datagram discover(Ipv4 giaddr) {
        return station.message(Datagram.DISCOVER, station.newcomer()).giaddr(giaddr);
    }

    private HeardReply relayed(int type, int port, Datagram message) throws IOException {
        return station.typed(type, station.relay(RELAY, port, message.bytes()));
    }

    private void relayed() throws IOException {
        HeardReply clear = relayed(ServerReply.OFFER, RELAY_SOURCE, discover(RELAY));
        Untrue.unlessEqual("IP destination", clear.to(), RELAY);
        Untrue.unlessEqual("port", clear.toPort(), WireStation.SERVER_PORT);
        Untrue.unlessEqual("giaddr", clear.giaddr(), RELAY);
        Untrue.unlessEqual("flags", clear.flags(), 0);
        HeardReply set =
                relayed(ServerReply.OFFER, RELAY_SOURCE, discover(RELAY).put(10, WireStation.BROADCAST_FLAG));
        Untrue.unlessEqual("flags", set.flags(), 0x8000);
        Untrue.when(set.option(82) != null, "it has option 82, which was not sent");
    }

    private void relayPort() throws IOException {
        HeardReply offer =
                relayed(ServerReply.OFFER, RELAY_SOURCE, discover(RELAY).option(82, 19, 0));
        Untrue.unlessEqual("IP destination", offer.to(), RELAY);
        Untrue.unlessEqual("port", offer.toPort(), RELAY_SOURCE);
    }

    private void nakThroughRelay() throws IOException {
        Datagram request = station.message(Datagram.REQUEST, station.newcomer())
                .giaddr(RELAY)
                .option(50, FOREIGN);
        HeardReply nak = relayed(ServerReply.NAK, WireStation.SERVER_PORT, request);
        Untrue.unlessEqual("IP destination", nak.to(), RELAY);
        Untrue.unlessEqual("flags", nak.flags(), 0x8000);
        Untrue.unlessEqual("yiaddr", nak.yiaddr(), Ipv4.ANY);
        Untrue.unlessEqual("server id", nak.address(54), station.server());
    }

    private void linkSelection() throws IOException {
        HeardReply offer = relayed(
                ServerReply.OFFER, WireStation.SERVER_PORT, discover(RELAY).option(82, 5, 4, 10, 68, 0, 0));
        Untrue.unlessEqual("IP destination", offer.to(), RELAY);
        Untrue.when(!offer.yiaddr().toString().startsWith("10.68.0."), "yiaddr is " + offer.yiaddr());
    }

    private void serverIdOverride() throws IOException {
        byte[] agent = {11, 4, 10, 67, 0, 2};
        MacAddress mac = station.newcomer();
        HeardReply offer = relayed(
                ServerReply.OFFER,
                WireStation.SERVER_PORT,
                station.message(Datagram.DISCOVER, mac).giaddr(RELAY).option(82, agent));
        Untrue.unlessEqual("server id", offer.address(54), RELAY);
        relayed(
                ServerReply.ACK,
                WireStation.SERVER_PORT,
                station.message(Datagram.REQUEST, mac)
                        .giaddr(RELAY)
                        .option(50, offer.yiaddr())
                        .option(54, RELAY)
                        .option(82, agent));
    }

    private void relayAgentEcho() throws IOException {
        byte[] agent = {1, 6, 0, 4, 0, (byte) 0xff, 0, (byte) 0x80, 2, 3, (byte) 0xfe, 0, 1, 9, 4, 0, 0, 0, 0};
        HeardReply offer = relayed(
                ServerReply.OFFER,
                WireStation.SERVER_PORT,
                discover(RELAY).option(82, agent).option(55, 3, 6, 15));
        Untrue.unlessEqual("the last option", offer.codes().get(offer.codes().size() - 1), 82);
        Untrue.when(!Arrays.equals(offer.option(82), agent), "it is " + Arrays.toString(offer.option(82)));
    }

    private void twoRelays() throws IOException {
        MacAddress mac = station.newcomer();
        Datagram first = station.message(Datagram.DISCOVER, mac).giaddr(RELAY);
        HeardReply one = relayed(ServerReply.OFFER, WireStation.SERVER_PORT, first);
        Datagram copy = Datagram.of(Datagram.DISCOVER, one.xid(), mac).giaddr(OTHER_RELAY);
        HeardReply other =
                station.typed(ServerReply.OFFER, station.relay(OTHER_RELAY, WireStation.SERVER_PORT, copy.bytes()));
        Untrue.unlessEqual("the other's target", other.to(), OTHER_RELAY);
        Untrue.unlessEqual("the other's address", other.yiaddr(), one.yiaddr());
        Datagram request = station.selecting(mac, one.yiaddr()).giaddr(RELAY);
        HeardReply ack = relayed(ServerReply.ACK, WireStation.SERVER_PORT, request);
        Datagram again = Datagram.of(Datagram.REQUEST, ack.xid(), mac)
                .option(50, one.yiaddr())
                .option(54, station.server())
                .giaddr(OTHER_RELAY);
        HeardReply second =
                station.typed(ServerReply.ACK, station.relay(OTHER_RELAY, WireStation.SERVER_PORT, again.bytes()));
        Untrue.unlessEqual("the other's lease", second.yiaddr(), ack.yiaddr());
        Untrue.when(second.number(51) > ack.number(51), "the copy was granted a longer time");
    }
}
