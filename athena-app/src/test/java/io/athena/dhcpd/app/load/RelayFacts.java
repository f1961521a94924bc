package io.athena.dhcpd.app.load;

import static io.athena.dhcpd.app.load.WireFacts.fact;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What relay agents say, in what they and several vendors' devices send, and what comes of it at the unicast renewal. */
final class RelayFacts {

    private static final byte[] CONTROL = {(byte) 152, 0};
    private static final byte[] BLUE = {(byte) 151, 5, 0, 'b', 'l', 'u', 'e'};
    private static final int POOL_SECONDS = 1800;

    private final WireStation station;
    private final Path vendors;

    /** @param vendors {@code lab/relays.txt} */
    RelayFacts(WireStation station, Path vendors) {
        this.station = station;
        this.vendors = vendors;
    }

    void tell() throws IOException {
        int row = 0;
        for (String line : Files.readAllLines(vendors)) {
            if (!line.startsWith("#")) {
                String[] columns = line.split(" *\\| *");
                int number = ++row;
                fact(columns[0] + ": its pool, its echo, and both at the renewal", () -> vendor(columns, number));
            }
        }
        fact("a relay that sends from another address is answered at giaddr", this::anotherSource);
        fact("a second relay's hop changes nothing", this::secondRelay);
        fact("a relay's giaddr outside every subnet is as good as any with sub-option 5", this::foreignGiaddr);
        fact("sub-option 5 goes before option 118, and that before giaddr", this::orderOfSelection);
        fact("a shared network gives from its other subnet when one is full", this::sharedNetwork);
        fact("a switch that adds option 82 without being a relay picks the pool", this::switchWithoutGiaddr);
        fact("INFORM through a relay without ciaddr is answered to the relay", this::informThroughRelay);
        fact("a renewal without option 82 has the options of its port's class", this::classAtRenewal);
        fact("a virtual network is served and sub-option 152 stays out", this::virtualNetwork);
        fact("another virtual network gets silence", () -> otherNetwork(new byte[] {(byte) 151, 4, 0, 'r', 'e', 'd'}));
        fact(
                "a virtual network of a type that nobody has defined gets silence",
                () -> otherNetwork(new byte[] {(byte) 151, 2, 7, 98}));
        fact("no virtual network gets silence on the subnet of one", () -> otherNetwork(new byte[0]));
        for (String odd : List.of("", "0100", "010161010162", "0100020006000c00", "9700", "05050a49000000")) {
            fact("option 82 of '" + odd + "' comes back as it is and its client is served", () -> oddEcho(odd));
        }
        fact("option 82 of sub-options that overrun is the same", () -> oddEcho("0104004401"));
        fact("option 82 of 255 bytes is the same", () -> oddEcho("01fd" + "aa".repeat(253)));
        fact("option 82 of more than 255 bytes comes back in pieces", this::longEcho);
    }

    // --- vendors ------------------------------------------------------------------------------------------------

    private void vendor(String[] columns, int number) throws IOException {
        int third = Integer.parseInt(columns[1]);
        byte[] agent = HexFormat.of().parseHex(columns[2].replace(" ", ""));
        MacAddress mac = station.newcomer();
        HeardReply offer = ask(ServerReply.OFFER, third, agent, station.message(Datagram.DISCOVER, mac));
        Untrue.unlessEqual("the pool", offer.yiaddr().toLong() % 256 / 10, (long) number);
        Untrue.unlessEqual("its subnet", offer.yiaddr().toLong() >> 8, 10L << 16 | third << 8);
        echoed(offer, third == 74 ? without(agent, CONTROL) : agent);
        Ipv4 server = offer.address(54);
        ask(
                ServerReply.ACK,
                third,
                agent,
                station.message(Datagram.REQUEST, mac)
                        .option(50, offer.yiaddr())
                        .option(54, server));
        for (int i = 0; i < 2; i++) {
            HeardReply renewed = renew(mac, offer.yiaddr());
            Untrue.unlessEqual("the renewal's time", renewed.number(51), (long) POOL_SECONDS);
            Untrue.when(renewed.option(82) != null, "the renewal was sent an option 82 that it had not");
        }
    }

    /** As an agent sends it: giaddr is its address on the client's side, or with sub-option 5 any of its own. */
    private HeardReply ask(int type, int third, byte[] agent, Datagram message) throws IOException {
        Ipv4 giaddr = third == 74 ? RoutingFacts.RELAY : Ipv4.parse("10." + third + ".0.1");
        byte[] bytes = message.put(3, 1).giaddr(giaddr).option(82, agent).bytes();
        HeardReply reply = station.typed(type, station.relay(RoutingFacts.RELAY, WireStation.SERVER_PORT, bytes));
        Untrue.unlessEqual("IP destination", reply.to(), giaddr);
        Untrue.unlessEqual("port", reply.toPort(), WireStation.SERVER_PORT);
        return reply;
    }

    private HeardReply renew(MacAddress mac, Ipv4 address) throws IOException {
        byte[] request = station.message(Datagram.REQUEST, mac).ciaddr(address).bytes();
        HeardReply ack = station.typed(ServerReply.ACK, station.unicast(mac, address, request));
        Untrue.unlessEqual("IP destination", ack.to(), address);
        Untrue.unlessEqual("yiaddr", ack.yiaddr(), address);
        return ack;
    }

    private static void echoed(HeardReply reply, byte[] agent) {
        Untrue.unlessEqual("the last option", reply.codes().get(reply.codes().size() - 1), 82);
        byte[] echo = reply.option(82);
        Untrue.when(
                !Arrays.equals(echo, agent),
                "the echo is " + (echo == null ? "absent" : HexFormat.of().formatHex(echo)));
    }

    private static byte[] without(byte[] agent, byte[] tail) {
        int kept = agent.length - tail.length;
        return Arrays.equals(Arrays.copyOfRange(agent, kept, agent.length), tail) ? Arrays.copyOf(agent, kept) : agent;
    }

    private static byte[] both(byte[] one, byte[] other) {
        byte[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    // --- relays -------------------------------------------------------------------------------------------------

    private Datagram discover() {
        return station.message(Datagram.DISCOVER, station.newcomer());
    }

    private void anotherSource() throws IOException {
        byte[] message = discover().giaddr(RoutingFacts.OTHER_RELAY).bytes();
        HeardReply offer =
                station.typed(ServerReply.OFFER, station.relay(RoutingFacts.RELAY, WireStation.SERVER_PORT, message));
        Untrue.unlessEqual("IP destination", offer.to(), RoutingFacts.OTHER_RELAY);
    }

    /** RFC 1542 section 4.1.1: it adds to hops, leaves giaddr, and the reply goes past it. */
    private void secondRelay() throws IOException {
        byte[] agent = {1, 2, (byte) 0xff, 0};
        byte[] message = discover()
                .put(3, 2)
                .giaddr(RoutingFacts.OTHER_RELAY)
                .option(82, agent)
                .bytes();
        HeardReply offer =
                station.typed(ServerReply.OFFER, station.relay(RoutingFacts.RELAY, WireStation.SERVER_PORT, message));
        Untrue.unlessEqual("IP destination", offer.to(), RoutingFacts.OTHER_RELAY);
        Untrue.unlessEqual("hops", offer.message()[3], (byte) 0);
        echoed(offer, agent);
    }

    private void foreignGiaddr() throws IOException {
        Ipv4 loopback = Ipv4.parse("10.99.9.9");
        byte[] message =
                discover().giaddr(loopback).option(82, 5, 4, 10, 68, 0, 0).bytes();
        HeardReply offer =
                station.typed(ServerReply.OFFER, station.relay(RoutingFacts.RELAY, WireStation.SERVER_PORT, message));
        Untrue.unlessEqual("IP destination", offer.to(), loopback);
        Untrue.when(!offer.yiaddr().toString().startsWith("10.68.0."), "yiaddr is " + offer.yiaddr());
    }

    private void orderOfSelection() throws IOException {
        byte[] named =
                discover().giaddr(RoutingFacts.RELAY).option(118, 10, 68, 0, 0).bytes();
        HeardReply selected =
                station.typed(ServerReply.OFFER, station.relay(RoutingFacts.RELAY, WireStation.SERVER_PORT, named));
        Untrue.when(!selected.yiaddr().toString().startsWith("10.68.0."), "118 gave " + selected.yiaddr());
        HeardReply linked = station.onLink(69, discover().option(118, 10, 68, 0, 0));
        Untrue.when(!linked.yiaddr().toString().startsWith("10.69.0."), "sub-option 5 gave " + linked.yiaddr());
        Untrue.when(linked.option(118) != null, "option 118 was echoed although it was not used");
    }

    private void sharedNetwork() throws IOException {
        Ipv4 first = station.onLink(75, discover()).yiaddr();
        Ipv4 second = station.onLink(75, discover()).yiaddr();
        Untrue.unlessEqual("the first", first, Ipv4.parse("10.75.0.100"));
        Untrue.unlessEqual("the second", second, Ipv4.parse("10.76.0.100"));
    }

    private void switchWithoutGiaddr() throws IOException {
        MacAddress mac = station.newcomer();
        byte[] agent = {1, 8, 's', 'w', 'i', 't', 'c', 'h', '/', '7'};
        HeardReply offer = station.answer(
                ServerReply.OFFER, mac, station.message(Datagram.DISCOVER, mac).option(82, agent));
        Untrue.unlessEqual("yiaddr", offer.yiaddr(), Ipv4.parse("10.67.0.200"));
        echoed(offer, agent);
    }

    private void informThroughRelay() throws IOException {
        byte[] inform = station.message(Datagram.INFORM, station.newcomer())
                .giaddr(RoutingFacts.RELAY)
                .bytes();
        HeardReply ack =
                station.typed(ServerReply.ACK, station.relay(RoutingFacts.RELAY, WireStation.SERVER_PORT, inform));
        Untrue.unlessEqual("IP destination", ack.to(), RoutingFacts.RELAY);
        Untrue.unlessEqual("yiaddr", ack.yiaddr(), Ipv4.ANY);
    }

    private void classAtRenewal() throws IOException {
        byte[] agent = {1, 4, 'g', 'e', '-', '9'};
        MacAddress mac = station.newcomer();
        HeardReply offer = ask(ServerReply.OFFER, 68, agent, station.message(Datagram.DISCOVER, mac));
        ask(ServerReply.ACK, 68, agent, station.selecting(mac, offer.yiaddr()));
        HeardReply renewed = renew(mac, offer.yiaddr());
        Untrue.unlessEqual("the domain", renewed.text(15), "ports.lab.example");
        byte[] inform =
                station.message(Datagram.INFORM, mac).ciaddr(offer.yiaddr()).bytes();
        HeardReply told = station.typed(ServerReply.ACK, station.unicast(mac, offer.yiaddr(), inform));
        Untrue.unlessEqual("the domain told to INFORM", told.text(15), "ports.lab.example");
    }

    // --- virtual networks (RFC 6607) ----------------------------------------------------------------------------

    private static final byte[] LINK = {5, 4, 10, 74, 0, 0};

    private void virtualNetwork() throws IOException {
        HeardReply offer = ask(ServerReply.OFFER, 74, both(both(CONTROL, BLUE), LINK), discover());
        Untrue.when(!offer.yiaddr().toString().startsWith("10.74.0."), "yiaddr is " + offer.yiaddr());
        echoed(offer, both(BLUE, LINK));
    }

    private void otherNetwork(byte[] named) throws IOException {
        Datagram message = discover().giaddr(RoutingFacts.RELAY).option(82, both(named, LINK));
        station.expectSilence(WireFacts.STATION_MAC, message);
    }

    // --- odd and long ones --------------------------------------------------------------------------------------

    private void oddEcho(String hex) throws IOException {
        byte[] agent = HexFormat.of().parseHex(hex);
        byte[] message = discover().giaddr(RoutingFacts.RELAY).option(82, agent).bytes();
        HeardReply offer =
                station.typed(ServerReply.OFFER, station.relay(RoutingFacts.RELAY, WireStation.SERVER_PORT, message));
        Untrue.when(!offer.yiaddr().toString().startsWith("10.67.0."), "yiaddr is " + offer.yiaddr());
        echoed(offer, agent);
    }

    /** RFC 3396: two pieces of one value. */
    private void longEcho() throws IOException {
        byte[] piece = HexFormat.of().parseHex("01fd" + "bb".repeat(253));
        byte[] rest = {6, 3, 'a', 'b', 'c'};
        byte[] message = discover()
                .giaddr(RoutingFacts.RELAY)
                .option(82, piece)
                .option(82, rest)
                .bytes();
        HeardReply offer =
                station.typed(ServerReply.OFFER, station.relay(RoutingFacts.RELAY, WireStation.SERVER_PORT, message));
        echoed(offer, both(piece, rest));
    }
}
