package io.athena.dhcpd.app.load;

import static io.athena.dhcpd.app.load.WireFacts.fact;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What stands in replies, in which order, and how it fits. */
final class OptionFacts {

    private static final int IP_UDP_HEADERS = 28;
    private static final int MTU = 1500;
    private static final int CROWDED = 71;
    private static final int ROUTES = 72;

    private final WireStation station;

    OptionFacts(WireStation station) {
        this.station = station;
    }

    void tell() throws IOException {
        fact("every reply has 300 bytes at least", this::padded);
        fact("53, 54, 51 first, then what was asked in its order, 1 before 3", this::order);
        fact("without option 55 all that is configured is sent", this::nothingAsked);
        fact("what was not asked for is not sent, but always_send is", this::alwaysSend);
        fact("option 118 is ignored and not echoed where it is off", this::subnetSelectionOff);
        fact("option 118 picks a subnet that allows it and is echoed", this::subnetSelection);
        fact("without option 57 a reply keeps to 576 bytes, by file and sname", () -> crowded(0, 576));
        fact("option 57 below 576 counts as 576", () -> crowded(100, 576));
        fact("option 57 makes room", this::roomy);
        fact("no reply is longer than the MTU", () -> crowded(65535, MTU));
        fact("option 82 stands in the options field even of a crowded reply", this::crowdedEcho);
        fact("an option 61 in two pieces is read as one", this::splitIdentifier);
        fact("a value over 255 bytes goes out in pieces", this::longValue);
        fact("option 121 takes the place of 3 and 33 and holds the default route", this::classlessRoutes);
        fact("option 249 goes to those that ask for it", this::microsoftRoutes);
        fact("option 12 with a NUL at its end is a name", this::nameWithNul);
        fact("siaddr and file serve network boot", this::networkBoot);
        fact("a DISCOVER with option 80 is answered by an ACK with it", this::rapidCommit);
        fact("who asks for option 108 is told, and no address is held for it", this::ipv6Only);
        fact("who sends option 116 and gets no address is told not to make one up", this::autoConfigure);
    }

    private HeardReply discover(int... asked) throws IOException {
        MacAddress mac = station.newcomer();
        return station.answer(
                ServerReply.OFFER, mac, station.message(Datagram.DISCOVER, mac).option(55, asked));
    }

    private HeardReply onLink(int third, Datagram message) throws IOException {
        byte[] bytes = onRelay(third, message);
        return station.typed(ServerReply.OFFER, station.relay(RoutingFacts.RELAY, WireStation.SERVER_PORT, bytes));
    }

    private static byte[] onRelay(int third, Datagram message) {
        return message.giaddr(RoutingFacts.RELAY)
                .option(82, 5, 4, 10, third, 0, 0)
                .bytes();
    }

    private Datagram asking(int... codes) {
        return station.message(Datagram.DISCOVER, station.newcomer()).option(55, codes);
    }

    private void padded() throws IOException {
        MacAddress mac = station.newcomer();
        HeardReply nak = station.answer(
                ServerReply.NAK, mac, station.message(Datagram.REQUEST, mac).option(50, Ipv4.parse("192.0.2.1")));
        for (HeardReply reply : List.of(nak, discover(1), station.lease(mac))) {
            Untrue.when(reply.message().length < 300, "one has " + reply.message().length);
        }
    }

    private void order() throws IOException {
        MacAddress mac = station.newcomer();
        byte[] message = station.message(Datagram.DISCOVER, mac)
                .option(61, 0, 'o')
                .option(55, 42, 15, 3, 1, 6)
                .option(82, 1, 1, 9)
                .giaddr(RoutingFacts.RELAY)
                .bytes();
        HeardReply offer =
                station.typed(ServerReply.OFFER, station.relay(RoutingFacts.RELAY, WireStation.SERVER_PORT, message));
        Untrue.unlessEqual("the order", offer.codes(), List.of(53, 54, 51, 58, 59, 42, 15, 1, 3, 6, 61, 82));
    }

    private void nothingAsked() throws IOException {
        List<Integer> codes = station.offer(station.newcomer()).codes();
        for (int code : new int[] {1, 3, 6, 15, 42}) {
            Untrue.when(!codes.contains(code), "it lacks " + code + ": " + codes);
        }
    }

    private void alwaysSend() throws IOException {
        Untrue.unlessEqual("on a plain subnet", discover(1).codes(), List.of(53, 54, 51, 58, 59, 1));
        List<Integer> codes = onLink(69, asking(1)).codes();
        Untrue.unlessEqual("with always_send of 15", codes, List.of(53, 54, 51, 58, 59, 1, 15, 82));
    }

    private HeardReply selecting(int third) throws IOException {
        MacAddress mac = station.newcomer();
        return station.answer(
                ServerReply.OFFER,
                mac,
                station.message(Datagram.DISCOVER, mac)
                        .put(10, WireStation.BROADCAST_FLAG)
                        .option(118, 10, third, 0, 0));
    }

    private void subnetSelectionOff() throws IOException {
        HeardReply offer = selecting(69);
        Untrue.when(!offer.yiaddr().toString().startsWith("10.67.0."), "yiaddr is " + offer.yiaddr());
        Untrue.when(offer.option(118) != null, "it was echoed");
    }

    private void subnetSelection() throws IOException {
        HeardReply offer = selecting(68);
        Untrue.when(!offer.yiaddr().toString().startsWith("10.68.0."), "yiaddr is " + offer.yiaddr());
        Untrue.unlessEqual("the echo", offer.address(118), Ipv4.parse("10.68.0.0"));
    }

    private static int ipSize(HeardReply reply) {
        return reply.message().length + IP_UDP_HEADERS;
    }

    private HeardReply crowded(int max, int limit) throws IOException {
        return crowded(max, limit, asking(1, 3, 224, 225, 226, 227));
    }

    private HeardReply crowded(int max, int limit, Datagram message) throws IOException {
        HeardReply offer = onLink(CROWDED, max == 0 ? message : message.option(57, max >> 8, max & 0xff));
        Untrue.when(ipSize(offer) > limit, "it has " + ipSize(offer) + " bytes");
        if (limit == 576) {
            Untrue.when(offer.option(52) == null, "it has no option 52");
            byte[] value = HeardReply.joined(offer.allOptions(), 226);
            Untrue.when(value == null || value.length != 50, "226 is in no area");
        }
        return offer;
    }

    private void roomy() throws IOException {
        HeardReply offer = crowded(1400, 1400, asking(1, 3, 224, 225, 226));
        for (int code : new int[] {224, 225, 226}) {
            Untrue.when(offer.option(code) == null, "option " + code + " is missing");
        }
        Untrue.when(offer.option(52) != null, "it used file or sname");
    }

    private void crowdedEcho() throws IOException {
        HeardReply offer = crowded(0, 576);
        Untrue.unlessEqual("the last option", offer.codes().get(offer.codes().size() - 1), 82);
        Untrue.unlessEqual(
                "its pieces",
                offer.allOptions().stream().filter(o -> o.code() == 82).count(),
                1L);
    }

    private void splitIdentifier() throws IOException {
        MacAddress mac = station.newcomer();
        HeardReply whole = station.answer(
                ServerReply.OFFER, mac, station.message(Datagram.DISCOVER, mac).option(61, 0, 's', 'p', 'l', 'i', 't'));
        HeardReply split = station.answer(
                ServerReply.OFFER,
                mac,
                station.message(Datagram.DISCOVER, mac).option(61, 0, 's', 'p').option(61, 'l', 'i', 't'));
        Untrue.unlessEqual("the offer to both pieces", split.yiaddr(), whole.yiaddr());
    }

    private void longValue() throws IOException {
        HeardReply offer = onLink(ROUTES, asking(227).option(57, 5, 0));
        byte[] value = offer.option(227);
        Untrue.when(value == null || value.length != 300, "it has " + (value == null ? 0 : value.length) + " bytes");
        byte[] wanted = new byte[300];
        Arrays.fill(wanted, (byte) 'l');
        Untrue.when(!Arrays.equals(value, wanted), "its bytes are others");
    }

    private void classlessRoutes() throws IOException {
        HeardReply offer = onLink(ROUTES, asking(1, 3, 33, 121));
        Untrue.unlessEqual("the order", offer.codes(), List.of(53, 54, 51, 58, 59, 1, 121, 82));
        byte[] wanted = {16, 10, 99, 10, 72, 0, 2, 0, 10, 72, 0, 1};
        Untrue.when(!Arrays.equals(offer.option(121), wanted), "it is " + Arrays.toString(offer.option(121)));
        Untrue.when(!onLink(ROUTES, asking(1, 3)).codes().contains(3), "who does not ask for 121 lacks 3");
    }

    private void microsoftRoutes() throws IOException {
        Untrue.when(onLink(ROUTES, asking(249)).option(249) == null, "it is missing");
        Untrue.when(onLink(ROUTES, asking(121)).option(249) != null, "others get it");
    }

    private void nameWithNul() throws IOException {
        MacAddress mac = MacAddress.parse("02:78:00:00:00:01");
        HeardReply offer = station.answer(
                ServerReply.OFFER,
                mac,
                station.message(Datagram.DISCOVER, mac).option(12, 'n', 'u', 'l', 'l', 'e', 'd', 0));
        station.answer(
                ServerReply.ACK,
                mac,
                station.selecting(mac, offer.yiaddr()).option(12, 'n', 'u', 'l', 'l', 'e', 'd', 0));
    }

    private void networkBoot() throws IOException {
        HeardReply offer = onLink(69, asking(1, 3, 66, 67));
        Untrue.unlessEqual("siaddr", offer.siaddr(), Ipv4.parse("10.69.0.5"));
        Untrue.unlessEqual("file", offer.file(), "boot/rom.0");
        byte[] name = offer.option(67);
        Untrue.when(
                name == null || !Arrays.equals(name, "boot/rom.0".getBytes(StandardCharsets.US_ASCII)),
                "option 67 is another");
    }

    private void rapidCommit() throws IOException {
        byte[] bytes = onRelay(96, asking(1, 3).option(80));
        HeardReply ack =
                station.typed(ServerReply.ACK, station.relay(RoutingFacts.RELAY, WireStation.SERVER_PORT, bytes));
        Untrue.when(ack.option(80) == null || ack.option(80).length != 0, "it has no empty option 80");
        Untrue.when(ack.option(51) == null, "it has no lease time");
        Untrue.when(onLink(96, asking(1)).option(80) != null, "an OFFER has it");
    }

    private void ipv6Only() throws IOException {
        for (int i = 0; i < 3; i++) {
            HeardReply offer = onLink(97, asking(1, 108));
            Untrue.unlessEqual("yiaddr", offer.yiaddr(), Ipv4.parse("10.97.0.100"));
            Untrue.when(offer.option(108) == null, "it has no option 108");
        }
        Untrue.unlessEqual("yiaddr for another", onLink(97, asking(1)).yiaddr(), Ipv4.parse("10.97.0.100"));
        HeardReply offer = onLink(97, asking(1, 108));
        Untrue.unlessEqual("yiaddr when the address is held", offer.yiaddr(), Ipv4.ANY);
    }

    private void autoConfigure() throws IOException {
        HeardReply offer = onLink(82, asking(1).option(116, 1));
        Untrue.unlessEqual("yiaddr", offer.yiaddr(), Ipv4.ANY);
        Untrue.when(!Arrays.equals(offer.option(116), new byte[] {0}), "option 116 is not 0");
    }
}
