package io.athena.dhcpd.app.load;

import static io.athena.dhcpd.app.load.WireFacts.fact;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.util.Arrays;

/** Who gets an address, a NAK or silence (RFC 2131 section 4.3), and who is who (section 4.2). */
final class DialogueFacts {

    private static final Ipv4 OUTSIDE_POOL = Ipv4.parse("10.67.0.240");
    private static final Ipv4 NEVER_GIVEN = Ipv4.parse("10.67.0.199");
    private static final Ipv4 ROUTER = Ipv4.parse("10.67.0.1");

    private final WireStation station;

    DialogueFacts(WireStation station) {
        this.station = station;
    }

    void tell() throws IOException {
        fact("a client that chose another server gets silence and its offer is free again", this::otherServer);
        fact("an address outside every subnet of the link: NAK", () -> nak(Ipv4.parse("172.16.0.9")));
        fact("another client's address: NAK", this::anothersAddress);
        fact("another client's reservation: NAK", () -> nak(RoutingFacts.RESERVED));
        fact("the router's address: NAK", () -> nak(ROUTER));
        fact("an address of the subnet that is not ours to give: silence", () -> silence(OUTSIDE_POOL));
        fact("INIT-REBOOT without a record: silence", () -> silence(NEVER_GIVEN));
        fact("RENEWING without a record: silence", this::renewingWithoutRecord);
        fact("an offered address is held against others", this::offerHeld);
        fact("a repeated DISCOVER gets the same OFFER", this::repeatedDiscover);
        fact("a repeated REQUEST gets the same ACK with the remaining time", this::repeatedRequest);
        fact("DECLINE and RELEASE by a stranger change nothing", this::strangers);
        fact("a declined address is not given again", this::declined);
        fact("a released address comes back to the same client", this::released);
        fact("T1 < T2 < lease", this::times);
        fact("secs is no gate, in either byte order", this::secs);
        fact("BOOTP gets an address of a pool for BOOTP, without DHCP's options", this::bootp);
        fact("the client identifier wins over chaddr", this::clientIdWins);
        fact("option 61 comes back unchanged, and none is added", this::clientIdEcho);
        fact("an RFC 4361 identifier is taken as it is", this::opaqueIdentity);
        fact("three client ids of one MAC get one address where the subnet says so", this::identifyByMac);
        fact("hardware addresses of other lengths and types are keys", this::otherHardware);
        fact("InfiniBand without chaddr is known by option 61", this::infiniband);
    }

    private HeardReply reboot(int type, MacAddress mac, Ipv4 address) throws IOException {
        return station.answer(type, mac, station.message(Datagram.REQUEST, mac).option(50, address));
    }

    private void nak(Ipv4 wanted) throws IOException {
        reboot(ServerReply.NAK, station.newcomer(), wanted);
    }

    private void silence(Ipv4 wanted) throws IOException {
        MacAddress mac = station.newcomer();
        station.expectSilence(mac, station.message(Datagram.REQUEST, mac).option(50, wanted));
    }

    private void otherServer() throws IOException {
        MacAddress mac = station.newcomer();
        HeardReply offer = station.offer(mac);
        Datagram chosen = station.message(Datagram.REQUEST, mac)
                .option(50, offer.yiaddr())
                .option(54, Ipv4.parse("10.67.0.9"));
        // The pool gives its lowest unused address, and that is the one again.
        Untrue.unlessEqual(
                "the next client's address", station.expectSilence(mac, chosen).yiaddr(), offer.yiaddr());
    }

    private void anothersAddress() throws IOException {
        nak(station.lease(station.newcomer()).yiaddr());
    }

    private void renewingWithoutRecord() throws IOException {
        MacAddress mac = station.newcomer();
        station.expectSilence(mac, station.message(Datagram.REQUEST, mac).ciaddr(NEVER_GIVEN));
    }

    private void offerHeld() throws IOException {
        Ipv4 offered = station.offer(station.newcomer()).yiaddr();
        MacAddress other = station.newcomer();
        Datagram discover = station.message(Datagram.DISCOVER, other).option(50, offered);
        Untrue.when(
                station.answer(ServerReply.OFFER, other, discover).yiaddr().equals(offered),
                offered + " was offered twice");
        reboot(ServerReply.NAK, other, offered);
    }

    private void repeatedDiscover() throws IOException {
        MacAddress mac = station.newcomer();
        Datagram discover = station.message(Datagram.DISCOVER, mac);
        byte[] bytes = discover.bytes();
        HeardReply first = station.typed(ServerReply.OFFER, station.broadcast(mac, bytes));
        HeardReply second = station.typed(ServerReply.OFFER, station.broadcast(mac, bytes));
        Untrue.unlessEqual("the second offer", second.yiaddr(), first.yiaddr());
    }

    private void repeatedRequest() throws IOException {
        MacAddress mac = station.newcomer();
        byte[] request = station.selecting(mac, station.offer(mac).yiaddr()).bytes();
        HeardReply first = station.typed(ServerReply.ACK, station.broadcast(mac, request));
        HeardReply second = station.typed(ServerReply.ACK, station.broadcast(mac, request));
        Untrue.unlessEqual("the second lease", second.yiaddr(), first.yiaddr());
        Untrue.when(
                second.number(51) > first.number(51) || second.number(51) < first.number(51) - 10,
                "the second lease time is " + second.number(51) + " after " + first.number(51));
    }

    private void strangers() throws IOException {
        MacAddress holder = station.newcomer();
        Ipv4 address = station.lease(holder).yiaddr();
        MacAddress stranger = station.newcomer();
        station.expectSilence(
                stranger,
                station.message(Datagram.DECLINE, stranger).option(50, address).option(54, station.server()));
        station.expectSilence(
                stranger,
                station.message(Datagram.RELEASE, stranger).ciaddr(address).option(54, station.server()));
        reboot(ServerReply.ACK, holder, address);
    }

    private void declined() throws IOException {
        MacAddress mac = station.newcomer();
        Ipv4 address = station.lease(mac).yiaddr();
        station.expectSilence(
                mac, station.message(Datagram.DECLINE, mac).option(50, address).option(54, station.server()));
        Untrue.when(station.offer(mac).yiaddr().equals(address), "its client was offered it again");
        MacAddress other = station.newcomer();
        Datagram discover = station.message(Datagram.DISCOVER, other).option(50, address);
        Untrue.when(
                station.answer(ServerReply.OFFER, other, discover).yiaddr().equals(address),
                "another client was offered it");
    }

    private void released() throws IOException {
        MacAddress mac = station.newcomer();
        Ipv4 address = station.lease(mac).yiaddr();
        station.expectSilence(
                mac, station.message(Datagram.RELEASE, mac).ciaddr(address).option(54, station.server()));
        Untrue.unlessEqual("the next lease", station.lease(mac).yiaddr(), address);
    }

    private void times() throws IOException {
        HeardReply ack = station.lease(station.newcomer());
        Untrue.when(
                !(ack.number(58) > 0 && ack.number(58) < ack.number(59) && ack.number(59) < ack.number(51)),
                "they are " + ack.number(58) + ", " + ack.number(59) + ", " + ack.number(51));
    }

    private void secs() throws IOException {
        for (int[] secs : new int[][] {{0, 0}, {0, 3}, {3, 0}, {255, 255}}) {
            MacAddress mac = station.newcomer();
            station.answer(
                    ServerReply.OFFER,
                    mac,
                    station.message(Datagram.DISCOVER, mac).put(8, secs));
        }
    }

    private void bootp() throws IOException {
        MacAddress mac = station.newcomer();
        HeardReply reply = station.onLink(70, Datagram.bare(0x70707070, mac));
        Untrue.when(!reply.yiaddr().toString().startsWith("10.70.0."), "yiaddr is " + reply.yiaddr());
        Untrue.unlessEqual("size", reply.message().length, 300);
        for (int code : new int[] {51, 53, 54, 58, 59}) {
            Untrue.when(reply.option(code) != null, "it has option " + code);
        }
    }

    private Datagram withId(int type, MacAddress mac, byte... id) {
        return station.message(type, mac).option(61, id);
    }

    private void clientIdWins() throws IOException {
        MacAddress mac = station.newcomer();
        byte[] id = {0, 'o', 'n', 'e'};
        HeardReply first = station.answer(ServerReply.OFFER, mac, withId(Datagram.DISCOVER, mac, id));
        MacAddress dock = station.newcomer();
        HeardReply moved = station.answer(ServerReply.OFFER, dock, withId(Datagram.DISCOVER, dock, id));
        Untrue.unlessEqual("the offer to the same id", moved.yiaddr(), first.yiaddr());
        HeardReply other = station.answer(ServerReply.OFFER, mac, withId(Datagram.DISCOVER, mac, (byte) 0, (byte) 9));
        Untrue.when(other.yiaddr().equals(first.yiaddr()), "another id of that MAC was offered the same");
    }

    private void clientIdEcho() throws IOException {
        MacAddress mac = station.newcomer();
        Untrue.when(station.offer(mac).option(61) != null, "one was added");
        byte[] id = {(byte) 0xff, 0, 1, (byte) 0x80, 7};
        Datagram wrong = withId(Datagram.REQUEST, mac, id).option(50, ROUTER);
        for (HeardReply reply : new HeardReply[] {
            station.answer(ServerReply.OFFER, mac, withId(Datagram.DISCOVER, mac, id)),
            station.answer(ServerReply.NAK, mac, wrong)
        }) {
            Untrue.when(!Arrays.equals(reply.option(61), id), "it is " + Arrays.toString(reply.option(61)));
        }
    }

    private void opaqueIdentity() throws IOException {
        byte[] id = {(byte) 0xff, 1, 2, 3, 4, 0, 3, 0, 1, 2, 0x77, 0, 0, 1, 1};
        MacAddress mac = station.newcomer();
        Ipv4 first = station.answer(ServerReply.OFFER, mac, withId(Datagram.DISCOVER, mac, id))
                .yiaddr();
        id[4] = 5;
        Ipv4 other = station.answer(ServerReply.OFFER, mac, withId(Datagram.DISCOVER, mac, id))
                .yiaddr();
        Untrue.when(first.equals(other), "another IAID got the same address");
    }

    private void identifyByMac() throws IOException {
        MacAddress mac = station.newcomer();
        Ipv4 rom = station.onLink(69, station.message(Datagram.DISCOVER, mac)).yiaddr();
        Ipv4 installer = station.onLink(69, withId(Datagram.DISCOVER, mac, (byte) 1, (byte) 2))
                .yiaddr();
        Ipv4 system = station.onLink(69, withId(Datagram.DISCOVER, mac, (byte) 0xff, (byte) 3))
                .yiaddr();
        Untrue.unlessEqual("the installer's", installer, rom);
        Untrue.unlessEqual("the system's", system, rom);
    }

    private void otherHardware() throws IOException {
        MacAddress mac = station.newcomer();
        Datagram longer = station.message(Datagram.DISCOVER, mac).put(1, 27, 8).put(34, 1, 2);
        HeardReply first = station.answer(ServerReply.OFFER, mac, longer);
        Untrue.unlessEqual("frame's destination", first.toMac(), HeardReply.BROADCAST_MAC);
        HeardReply ethernet = station.offer(mac);
        Untrue.when(ethernet.yiaddr().equals(first.yiaddr()), "the Ethernet address of those bytes got the same");
        Datagram again = station.message(Datagram.DISCOVER, mac).put(1, 27, 8).put(34, 1, 2);
        Untrue.unlessEqual(
                "the second offer",
                station.answer(ServerReply.OFFER, mac, again).yiaddr(),
                first.yiaddr());
    }

    private void infiniband() throws IOException {
        MacAddress none = station.newcomer();
        Datagram discover = withId(Datagram.DISCOVER, none, (byte) 0xff, (byte) 1, (byte) 1)
                .put(1, 32, 0)
                .put(10, WireStation.BROADCAST_FLAG)
                .put(28, 0, 0, 0, 0, 0, 0);
        HeardReply offer = station.answer(ServerReply.OFFER, none, discover);
        Untrue.unlessEqual("frame's destination", offer.toMac(), HeardReply.BROADCAST_MAC);
    }
}
